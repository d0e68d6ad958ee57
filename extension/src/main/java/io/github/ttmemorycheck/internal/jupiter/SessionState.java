package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.check.Session;
import io.github.ttmemorycheck.internal.runreport.SessionReports;
import io.github.ttmemorycheck.report.Subject;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;
import org.opentest4j.AssertionFailedError;

/**
 * What belongs to a session of the launcher, in its store and closed with it: the reports of its runs, what these have
 * in common, the keys of the configuration parameters of the plan that runs, and what fails the session as a whole.
 * JUnit's test kit has no session, and so none of this. Thread-safe.
 */
final class SessionState implements AutoCloseable {

    private static final Class<?> OWNER = SessionState.class;

    private @Nullable SessionReports reports;
    private @Nullable Session shared;
    private volatile Set<String> keys = Set.of();
    private volatile boolean picks;
    private final Set<Subject> foreign = new HashSet<>();
    private final Set<String> failures = new LinkedHashSet<>();

    /** Puts a new state into the store of a session. */
    static SessionState open(LauncherSession session) {
        SessionState state = new SessionState();
        session.getStore().put(Namespace.create(OWNER), OWNER, state);
        return state;
    }

    /** Finds the state of the session that a test or class runs in; empty for a test kit. */
    static Optional<SessionState> of(ExtensionContext context) {
        return Optional.ofNullable(
                context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(OWNER))
                        .get(OWNER, SessionState.class));
    }

    /** Notes the keys that the plan of the launcher was given. */
    void begin(Set<String> givenKeys) {
        keys = Set.copyOf(givenKeys);
    }

    /** Notes that single invocations of tests were selected. */
    void picksInvocations() {
        picks = true;
    }

    /** Returns what the runs of the session have in common, made at the first call as the reports are. */
    synchronized Session shared() {
        if (shared == null) {
            shared = Session.launched(() -> picks);
        }
        return shared;
    }

    Set<String> keys() {
        return keys;
    }

    /** Returns the reports, made at the first call: a session that checks nothing loads nothing for them. */
    synchronized SessionReports reports() {
        if (reports == null) {
            reports = SessionReports.ofSession();
        }
        return reports;
    }

    /** Returns whether a test or class that another engine runs has not been seen yet. */
    synchronized boolean isNew(Subject subject) {
        return foreign.add(subject);
    }

    /** Has the session fail when it is closed: no test of Jupiter could. */
    synchronized void failAtEnd(String message) {
        failures.add(message);
    }

    /** Has the reports joined and the summary logged. A session that checked nothing stays quiet. */
    @Override
    public synchronized void close() {
        if (reports != null) {
            reports.close();
        }
        if (!failures.isEmpty()) {
            AssertionFailedError error = new AssertionFailedError(String.join("\n\n", failures));
            error.setStackTrace(new StackTraceElement[0]);
            throw error;
        }
    }
}
