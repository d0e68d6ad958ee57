package io.github.ttmemorycheck.internal.jupiter;

import java.util.List;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Keeps in the store of each launcher session what the checks in it need to know of the launcher. The launcher finds
 * and makes it where the library is on the class path.
 */
public final class SessionListener implements LauncherSessionListener {

    /** Makes the listener; the launcher does so. */
    public SessionListener() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        // Below 5.13 a session has no store, and the extension refuses to run.
        if (JUnitLevel.isSupported()) {
            SessionState state = SessionState.open(session);
            session.getLauncher().registerLauncherDiscoveryListeners(new LauncherDiscoveryListener() {
                @Override
                public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
                    if (PickedInvocations.areIn(request)) {
                        state.picksInvocations();
                    }
                }
            });
            session.getLauncher().registerTestExecutionListeners(new TestExecutionListener() {
                @Override
                public void testPlanExecutionStarted(TestPlan plan) {
                    state.begin(plan.getConfigurationParameters().keySet());
                }

                @Override
                public void testPlanExecutionFinished(TestPlan plan) {
                    List<ForeignTests.Foreign> foreign = ForeignTests.in(plan).stream()
                            .filter(found -> state.isNew(found.subject()))
                            .toList();
                    // A session that has none loads no settings and no report.
                    if (!foreign.isEmpty()) {
                        ForeignReport.write(foreign, plan.getConfigurationParameters()::get, state);
                    }
                }
            });
        }
    }
}
