package io.github.ttmemorycheck.samples;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The main job in one screen: samples that pass, one that leaks on purpose, and its message. Ends with 0 when each came
 * out as it must, and with 1 otherwise.
 */
final class Demonstration {

    private static final Path REPORT = Path.of("target", "demonstration");

    /** A test that ended. */
    private record Ended(Class<?> sample, String method, TestExecutionResult result) {

        boolean leaks() {
            return result.getStatus() == TestExecutionResult.Status.FAILED;
        }

        boolean isAsIntended() {
            return leaks() == sample.getSimpleName().endsWith("LeakTests");
        }

        String line() {
            return String.format(
                    "  %s  %-30s %s",
                    leaks() ? "FAILED" : "passed",
                    sample.getSimpleName() + "." + method,
                    sample.getAnnotation(Shows.class).value());
        }
    }

    private Demonstration() {}

    public static void main(String[] arguments) {
        List<Ended> ended =
                run(ReadmeTests.class, ForgottenTensorTests.class, OneDeviceTests.class, OneDeviceLeakTests.class);
        print(ended, System.out);
        boolean oneLeaks = ended.stream().filter(Ended::leaks).count() == 1;
        if (!oneLeaks || !ended.stream().allMatch(Ended::isAsIntended)) {
            System.out.println("This is not what was meant: all tests pass but one, which fails for its leak.");
            System.exit(1);
        }
    }

    private static List<Ended> run(Class<?>... samples) {
        List<Ended> ended = new ArrayList<>();
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter(TtMemoryCheckSettings.REPORT_DIRECTORY, REPORT.toString());
        Stream.of(samples).forEach(sample -> request.selectors(selectClass(sample)));
        // The listener of the samples has a line for each of them too.
        LauncherConfig quiet = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(quiet).execute(request.build(), new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                TestSource source = test.getSource().orElse(null);
                if (source instanceof MethodSource method) {
                    ended.add(new Ended(method.getJavaClass(), method.getMethodName() + "()", result));
                }
            }
        });
        return ended;
    }

    private static void print(List<Ended> ended, PrintStream out) {
        out.println();
        out.println(ended.size() + " tests on a SIMULATED mesh of 2 x 4 devices; the last one is meant to fail:");
        out.println();
        ended.forEach(test -> out.println(test.line()));
        ended.stream().filter(Ended::leaks).forEach(leak -> {
            out.println();
            out.println("What a leak looks like:");
            out.println();
            leak.result().getThrowable().ifPresent(thrown -> out.println(thrown.getMessage()));
        });
        out.println();
        out.println("The report: "
                + REPORT.resolve("index.html").toAbsolutePath().normalize().toUri());
        out.println(
                "Next:       README.md, \"Add it to your tests\"; or mvn verify, which runs every test of this repository");
    }
}
