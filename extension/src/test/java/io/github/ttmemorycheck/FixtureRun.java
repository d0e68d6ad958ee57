package io.github.ttmemorycheck;

import io.github.ttmemorycheck.report.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/**
 * Fixture classes run through JUnit's own test kit.
 *
 * @param results what became of each test and container, in the order in which they ended
 */
record FixtureRun(List<Result> results) {

    record Result(String name, TestExecutionResult.Status status, Optional<Throwable> throwable) {

        DeviceMemoryLeakError leak() {
            return (DeviceMemoryLeakError) throwable.orElseThrow();
        }

        String message() {
            return String.valueOf(throwable.orElseThrow().getMessage());
        }

        /** The message without the breaks of its lines. */
        String words() {
            return message().replaceAll("\\s+", " ");
        }
    }

    static FixtureRun of(List<Class<?>> fixtures, Path directory, Path socket, String... settings) {
        return selected(selectors(fixtures), directory, socket, settings);
    }

    static FixtureRun selected(DiscoverySelector[] selectors, Path directory, Path socket, String... settings) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .selectors(selectors)
                .configurationParameter(
                        MethodOrderer.DEFAULT_ORDER_PROPERTY_NAME, MethodOrderer.MethodName.class.getName())
                .configurationParameters(parameters(directory, socket, settings));
        List<Result> results = new ArrayList<>();
        for (Event event : kit.execute().allEvents().list()) {
            if (event.getType() == EventType.FINISHED) {
                TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
                results.add(new Result(
                        event.getTestDescriptor().getDisplayName(), result.getStatus(), result.getThrowable()));
            }
        }
        return new FixtureRun(results);
    }

    /** Runs fixtures through a launcher, whose listeners learn what was configured. */
    static FixtureRun launched(List<Class<?>> fixtures, Path directory, Path socket, String... settings) {
        return launched(LauncherFactory.create(), request(selectors(fixtures), directory, socket, settings));
    }

    /** What a launcher runs when it is asked for these. */
    static LauncherDiscoveryRequestBuilder request(
            DiscoverySelector[] selectors, Path directory, Path socket, String... settings) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .configurationParameter(
                        MethodOrderer.DEFAULT_ORDER_PROPERTY_NAME, MethodOrderer.MethodName.class.getName())
                .configurationParameters(parameters(directory, socket, settings));
    }

    static FixtureRun launched(Launcher launcher, LauncherDiscoveryRequestBuilder request) {
        List<Result> results = new ArrayList<>();
        launcher.execute(request.build(), new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                results.add(new Result(test.getDisplayName(), result.getStatus(), result.getThrowable()));
            }
        });
        return new FixtureRun(results);
    }

    private static DiscoverySelector[] selectors(List<Class<?>> fixtures) {
        return fixtures.stream().map(DiscoverySelectors::selectClass).toArray(DiscoverySelector[]::new);
    }

    /** What is set for every fixture, and what a test sets besides or instead: keys and values in turn. */
    private static Map<String, String> parameters(Path directory, Path socket, String... settings) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put(
                TtMemoryCheckSettings.REPORT_DIRECTORY,
                directory.resolve("report").toString());
        parameters.put(TtMemoryCheckSettings.SETTLE, "0s");
        // The test kit hides the system properties, by which JUnitVersionsTests say that nothing is collected.
        parameters.put(TtMemoryCheckSettings.GC, System.getProperty(TtMemoryCheckSettings.GC, "auto"));
        parameters.put(TtMemoryCheckSettings.SOCKET, socket.toString());
        for (int i = 0; i < settings.length; i += 2) {
            parameters.put(settings[i], settings[i + 1]);
        }
        return parameters;
    }

    /** The result of the test or container with this display name. */
    Result of(String displayName) {
        return results.stream()
                .filter(result -> result.name().equals(displayName))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing named " + displayName + " in " + results));
    }

    /** What failed, by display name. */
    List<String> failed() {
        return results.stream()
                .filter(result -> result.status() == TestExecutionResult.Status.FAILED)
                .map(Result::name)
                .toList();
    }

    /**
     * Who was charged with what, in the order in which what it was charged to ended, for example {@code
     * LlamaTests.decode() left 4 KiB of DRAM on device 0}: what failed a test or container, and, after "noted: ", what
     * was added to a failure of its own.
     */
    List<String> charges() {
        return results.stream()
                .flatMap(result -> result.throwable().stream())
                .flatMap(thrown -> Stream.concat(
                        charge("", thrown), Stream.of(thrown.getSuppressed()).flatMap(note -> charge("noted: ", note))))
                .toList();
    }

    private static Stream<String> charge(String prefix, Throwable thrown) {
        if (!(thrown instanceof DeviceMemoryLeakError leak)) {
            return Stream.empty();
        }
        Subject subject = leak.report().subject();
        String left = leak.report().findings().stream()
                .filter(finding -> finding.verdict().fails())
                .map(finding -> finding.left() / 1024 + " KiB of " + finding.kind() + " on device " + finding.device())
                .collect(Collectors.joining(", "));
        return Stream.of(prefix + subject.name()
                + (subject.scope() == Subject.Scope.CLASS || subject.scope() == Subject.Scope.FACTORY
                        ? " as a whole"
                        : "")
                + " left " + left);
    }
}
