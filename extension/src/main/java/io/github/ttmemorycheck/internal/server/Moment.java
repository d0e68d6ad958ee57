package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.function.Consumer;

/**
 * A remembered moment of this server: what is needed to find out later what changed since then.
 *
 * @param serial its own number
 * @param totals what was allocated
 * @param order the order of the last allocation before it
 * @param takenAtNanos when it was taken
 * @param releases how many releases had been noted before it
 * @param endings how many ended processes had been noted before it
 * @param closing what closing it does, the server's lock taken
 */
record Moment(
        long serial,
        MemoryTotals totals,
        long order,
        long takenAtNanos,
        long releases,
        long endings,
        Consumer<Moment> closing)
        implements MemoryTracker.Mark {

    @Override
    public void close() {
        closing.accept(this);
    }
}
