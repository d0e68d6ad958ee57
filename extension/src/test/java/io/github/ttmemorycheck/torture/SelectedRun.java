package io.github.ttmemorycheck.torture;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes in this JVM, as {@code .ci/matrix} starts it, without a build around it that needs its own heap. */
public final class SelectedRun {

    private static final String ROOT = "io.github.ttmemorycheck.";

    private SelectedRun() {}

    public static void main(String[] classes) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(classes)
                        .map(name -> selectClass(ROOT + name))
                        .toList())
                .filters(ClassNameFilter.includeClassNamePatterns(".*Tests"))
                .build();
        SummaryGeneratingListener results = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, results);
        TestExecutionSummary summary = results.getSummary();
        summary.getFailures()
                .forEach(failure ->
                        Torture.say("    " + failure.getTestIdentifier().getUniqueId() + "\n        "
                                + failure.getException().toString().replace("\n", "\n        ")));
        Torture.say("    " + summary.getTestsSucceededCount() + " tests passed, " + summary.getTotalFailureCount()
                + " failed, in " + (summary.getTimeFinished() - summary.getTimeStarted()) + " ms");
        // Threads of fixtures may go on.
        System.exit(summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0 ? 0 : 1);
    }
}
