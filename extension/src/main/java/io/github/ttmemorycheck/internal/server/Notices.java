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

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    Queue<Runnable> take() {
        Queue<Runnable> taken = waiting;
        waiting = new ArrayDeque<>();
        return taken;
    }
}
