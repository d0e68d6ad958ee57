package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.logging.Log;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A time in which memory is allocated that outlives tests by design. The scopes that are open, and the runs that go on,
 * are those of this JVM: a scope may be opened before any run begins. Thread-safe.
 */
public final class SharedScope {

    private static final Set<SharedScope> OPEN = ConcurrentHashMap.newKeySet();
    private static final Set<SharedMemory> RUNS = ConcurrentHashMap.newKeySet();

    private final String name;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SharedScope(String name) {
        this.name = name;
    }

    /** Opens a scope, in every run that goes on. */
    public static SharedScope open(String name) {
        SharedScope scope = new SharedScope(name);
        OPEN.add(scope);
        RUNS.forEach(run -> run.begin(scope));
        return scope;
    }

    /** Closes it; doing so twice is harmless. */
    public void close() {
        if (closed.compareAndSet(false, true)) {
            OPEN.remove(this);
            // A JVM may have several runs, which know the same.
            RUNS.stream()
                    .map(run -> run.end(this))
                    .flatMap(Optional::stream)
                    .distinct()
                    .forEach(Log.ofLibrary()::info);
        }
    }

    String name() {
        return name;
    }

    /** Lets a run know the scopes that are open, and those that will be. */
    static void begin(SharedMemory run) {
        RUNS.add(run);
        OPEN.forEach(run::begin);
    }

    static void end(SharedMemory run) {
        RUNS.remove(run);
    }
}
