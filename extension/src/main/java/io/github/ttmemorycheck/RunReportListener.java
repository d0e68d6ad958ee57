package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.runreport.SessionReports;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Keeps the reports of a session in the session's store, and closes them when it ends; then the summary is logged. A session
 * that checked nothing stays quiet, such as the one in which a build tool only looks for tests.
 */
public final class RunReportListener implements LauncherSessionListener {

    /** Makes the listener; the launcher does so. */
    public RunReportListener() {}

    /** Puts the reports of the session into its store. */
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (JUnitLevel.isSupported()) {
            session.getStore().put(namespace(), SessionReports.class, SessionReports.ofSession());
        }
    }

    /** Has the report joined and the summary logged. */
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (JUnitLevel.isSupported()) {
            Optional.ofNullable(session.getStore().get(namespace(), SessionReports.class, SessionReports.class))
                    .ifPresent(SessionReports::close);
        }
    }

    /** Made only where a session has a store: JUnit below 5.13 lacks the class. */
    private static Namespace namespace() {
        return Namespace.create(RunReportListener.class);
    }

    /** Finds the reports of the session that a test runs in; JUnit's test kit has none. */
    static Optional<SessionReports> reports(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(
                        ExtensionContext.StoreScope.LAUNCHER_SESSION,
                        ExtensionContext.Namespace.create(RunReportListener.class))
                .get(SessionReports.class, SessionReports.class));
    }
}
