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
 * JUnit's test kit has no session, and so none of this.
 *
 * <p>As a module the library has no listener, since its descriptor cannot provide one without requiring JUnit of
 * everyone. The first check puts the state there instead, and what only the launcher knows stays unknown.
 *
 * <p>A test class may have a class loader of its own, which loads this library once more; its checks use what the
 * session of the launcher has through {@link LoaderBridge}, so that it has one report and one summary. Thread-safe.
 */
final class SessionState implements AutoCloseable {

    private static final Class<?> OWNER = SessionState.class;

    private final boolean listening;
    private final @Nullable LoaderBridge launcher;
    private @Nullable SessionReports reports;
    private @Nullable Session shared;
    private volatile Set<String> keys = Set.of();
    private volatile boolean picks;
    private final Set<Subject> foreign = new HashSet<>();
    private final Set<String> failures = new LinkedHashSet<>();

    private SessionState(boolean listening, @Nullable LoaderBridge launcher) {
        this.listening = listening;
        this.launcher = launcher;
    }

    /** Puts a new state into the store of a session that a listener hears. */
    static SessionState open(LauncherSession session) {
        SessionState state = new SessionState(true, null);
        session.getStore().put(Namespace.create(OWNER), OWNER, state);
        session.getStore()
                .put(
                        Namespace.create(LoaderBridge.KEY),
                        LoaderBridge.KEY,
                        LoaderBridge.parts(
                                () -> state.keys,
                                () -> state.picks,
                                (directory, index) -> state.reports().add(directory, index)));
        return state;
    }

    /** Finds the state of the session that a test or class runs in; empty for a test kit. */
    // The successor of getOrComputeIfAbsent is missing from every JUnit 5.
    @SuppressWarnings("deprecation")
    static Optional<SessionState> of(ExtensionContext context) {
        ExtensionContext.Store store =
                context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(OWNER));
        SessionState own = store.get(OWNER, SessionState.class);
        if (own != null) {
            return Optional.of(own);
        }
        Optional<LoaderBridge> launcher = LoaderBridge.to(context);
        return launcher.isPresent() || OWNER.getModule().isNamed()
                ? Optional.ofNullable(store.getOrComputeIfAbsent(
                        OWNER,
                        unused -> new SessionState(launcher.isPresent(), launcher.orElse(null)),
                        SessionState.class))
                : Optional.empty();
    }

    /** Returns whether it is known what the launcher was asked for; without a listener it is not. */
    boolean isListening() {
        return listening;
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
            shared = listening
                    ? Session.launched(() -> launcher == null ? picks : launcher.picksInvocations())
                    : Session.notLaunched();
        }
        return shared;
    }

    Set<String> keys() {
        return launcher == null ? keys : launcher.keys();
    }

    /** Returns the reports, made at the first call: a session that checks nothing loads nothing for them. */
    synchronized SessionReports reports() {
        if (reports == null) {
            reports = launcher == null ? SessionReports.ofSession() : SessionReports.within(launcher::addToReport);
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
