package io.github.ttmemorycheck.internal.jupiter;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Tells the report of the run which tests the launcher runs, and when its session ends; then the summary is said. The
 * launcher finds it as both kinds of listener. A session that checked nothing stays quiet, such as the one in which a
 * build tool only looks for tests.
 *
 * <p>A launcher calls it from one thread at a time.
 */
public final class RunReportListener implements LauncherSessionListener, TestExecutionListener {

    private @Nullable Predicate<String> running;

    /** Makes the listener; the launcher does so. */
    public RunReportListener() {}

    /** Notes the tests of the plan. */
    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        Predicate<String> tests = id -> holds(plan, id);
        running = tests;
        RunReports.OF_THIS_JVM.begin(tests);
    }

    /** Forgets the tests of the plan. */
    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (running != null) {
            RunReports.OF_THIS_JVM.end(running);
        }
    }

    /** Has the report joined and the summary said. */
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        RunReports.OF_THIS_JVM.sessionClosed();
    }

    private static boolean holds(TestPlan plan, String id) {
        try {
            return plan.getTestIdentifier(UniqueId.parse(id)) != null;
        } catch (JUnitException unknown) {
            return false;
        }
    }
}
