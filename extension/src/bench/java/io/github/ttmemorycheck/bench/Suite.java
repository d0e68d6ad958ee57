package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes in this JVM as a build does, and takes the time from the end of each test to the end of the next.
 */
final class Suite implements TestExecutionListener {

    private double[] nanos = new double[10_000];
    private int tests;
    private long lastNanos = System.nanoTime();
    private final long begunNanos = lastNanos;
    private long firstNanos;
    private long endNanos;

    private Suite() {}

    /** Runs a class; a test that fails ends the measurement. */
    static Suite run(Class<?> tests, Path socket, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.putIfAbsent(TtMemoryCheckSettings.SOCKET, socket.toString());
        all.putIfAbsent(TtMemoryCheckSettings.TRACKER, "embedded");
        all.putIfAbsent(TtMemoryCheckSettings.IDLE, "ignore");
        // A report of its own for each process: in one build they would be joined, and each would write all before it.
        String report = "report-" + ProcessHandle.current().pid();
        all.putIfAbsent(
                TtMemoryCheckSettings.REPORT_DIRECTORY,
                socket.resolveSibling(report).toString());
        Suite suite = new Suite();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .configurationParameters(all)
                .build();
        LauncherFactory.create().execute(request, suite);
        suite.endNanos = System.nanoTime();
        return suite;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        result.getThrowable().ifPresent(failure -> {
            throw new IllegalStateException(test.getDisplayName() + " failed", failure);
        });
        if (test.isTest()) {
            long now = System.nanoTime();
            if (tests == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * tests);
            }
            if (tests == 0) {
                firstNanos = now;
            }
            nanos[tests++] = now - lastNanos;
            lastNanos = now;
        }
    }

    int tests() {
        return tests;
    }

    /** Returns how long it took from its beginning until all was written. */
    double wholeNanos() {
        return endNanos - begunNanos;
    }

    /** Returns how long it took from the end of its first test until all was written. */
    double afterFirstNanos() {
        return endNanos - firstNanos;
    }

    double medianNanos() {
        return medianNanos(0, tests);
    }

    double medianNanos(int from, int to) {
        return Median.of(Arrays.copyOfRange(nanos, from, to));
    }
}
