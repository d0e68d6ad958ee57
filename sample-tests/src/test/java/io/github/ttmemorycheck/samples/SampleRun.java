package io.github.ttmemorycheck.samples;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * A sample that was run through JUnit's test kit. Not for parallel runs: what is logged is taken from the standard
 * error stream.
 *
 * @param failures what its tests and containers failed with, in the order in which they ended
 * @param log what was logged meanwhile
 */
record SampleRun(List<Throwable> failures, String log) {

    static SampleRun of(Class<?> sample) {
        return of(sample, Map.of());
    }

    /** Runs a sample on the mesh of a worker, which has real devices where the run is to have them. */
    static SampleRun onWorker(Class<?> sample) {
        String device = System.getProperty(Meshes.PROPERTY, "simulated");
        System.setProperty(Meshes.PROPERTY, device.equals("hardware") ? device : "worker");
        try {
            return of(sample);
        } finally {
            System.setProperty(Meshes.PROPERTY, device);
        }
    }

    static SampleRun of(Class<?> sample, Map<String, String> settings) {
        return of(List.of(sample), settings);
    }

    /** Runs several samples, one after the other, in this order. */
    static SampleRun of(List<Class<?>> samples, Map<String, String> settings) {
        String socket = System.getProperty(TtMemoryCheckSettings.SOCKET);
        System.setProperty(TtMemoryCheckSettings.SOCKET, SampleTracker.socketOfKit());
        try {
            Map<String, String> all = new HashMap<>(SampleTracker.settingsOfKit());
            all.putAll(settings);
            return run(samples, all);
        } finally {
            System.setProperty(TtMemoryCheckSettings.SOCKET, socket);
        }
    }

    /** Runs a sample with these settings and its own, and nothing else. */
    static SampleRun run(Class<?> sample, Map<String, String> settings) {
        return run(List.of(sample), settings);
    }

    private static SampleRun run(List<Class<?>> samples, Map<String, String> settings) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter");
        for (Class<?> sample : samples) {
            kit.selectors(selectClass(sample));
            for (WithSetting setting : sample.getAnnotationsByType(WithSetting.class)) {
                kit.configurationParameter(setting.key(), setting.value());
            }
        }
        settings.forEach(kit::configurationParameter);
        PrintStream error = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            List<Throwable> failures = kit.execute().allEvents().failed().stream()
                    .map(failed -> failed.getRequiredPayload(TestExecutionResult.class))
                    .map(result -> result.getThrowable().orElseThrow())
                    .toList();
            return new SampleRun(failures, VolatileText.normalized(logged.toString(StandardCharsets.UTF_8)));
        } finally {
            System.setErr(error);
        }
    }

    /** Returns what each worker that was started said it is. */
    String workers() {
        return log.lines()
                .filter(line -> line.contains(", says: "))
                .map(line -> line.replaceFirst(".*, says: hello ", ""))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** Returns the messages of all failures, each with what is added to it, an empty line between them. */
    String messages() {
        return failures.stream().map(SampleRun::text).collect(Collectors.joining("\n"));
    }

    private static String text(Throwable failure) {
        // Of an exception that is no assertion the type is part of what it says.
        StringBuilder text =
                new StringBuilder(failure instanceof AssertionError ? failure.getMessage() : failure.toString());
        for (Throwable note : failure.getSuppressed()) {
            text.append("\nSuppressed: ").append(note);
        }
        return VolatileText.normalized(text.toString());
    }
}
