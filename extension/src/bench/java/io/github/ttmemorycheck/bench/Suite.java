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
            nanos[tests++] = now - lastNanos;
            lastNanos = now;
        }
    }

    int tests() {
        return tests;
    }

    double medianNanos() {
        return medianNanos(0, tests);
    }

    double medianNanos(int from, int to) {
        return Median.of(Arrays.copyOfRange(nanos, from, to));
    }
}
