package io.github.ttmemorycheck.internal.server;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What is to be logged once the server's lock is given back: a log that blocks must not stop snapshots.
 *
 * <p>Guarded by the lock of {@link AllocationService}; what {@link #take} returns belongs to its caller.
 */
final class Notices {

    private Queue<Runnable> waiting = new ArrayDeque<>();

    void add(Runnable notice) {
        waiting.add(notice);
    }

    void warn(String text) {
        add(() -> ServerLog.log().warn(text));
    }

    void warn(String text, Throwable cause) {
        add(() -> ServerLog.log().warn(text, cause));
    }

    void debug(String text) {
        add(() -> ServerLog.log().debug(() -> text));
    }

    Queue<Runnable> take() {
        Queue<Runnable> taken = waiting;
        waiting = new ArrayDeque<>();
        return taken;
    }

    /** Logs what was taken. A log that fails must not end a server whose figures are right. */
    static void publish(Queue<Runnable> notices) {
        for (Runnable notice : notices) {
            try {
                notice.run();
            } catch (RuntimeException | LinkageError e) {
                // There is nowhere left to say so.
            }
        }
    }
}
