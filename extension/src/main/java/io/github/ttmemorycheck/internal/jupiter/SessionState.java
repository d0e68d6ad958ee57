package io.github.ttmemorycheck.internal.jupiter;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;

/**
 * What a session of the launcher knows, in its store: the keys of the configuration parameters of the plan that runs.
 * JUnit's test kit has no session, and so none of this. Thread-safe.
 */
final class SessionState {

    private static final Class<?> OWNER = SessionState.class;

    private volatile Set<String> keys = Set.of();

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

    void begin(Set<String> givenKeys) {
        keys = Set.copyOf(givenKeys);
    }

    Set<String> keys() {
        return keys;
    }
}
