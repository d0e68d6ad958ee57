package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryTotals;

/**
 * A mark of a {@link SharedMemoryTracker}.
 *
 * @param tracker who made it
 * @param snapshot what was held
 * @param endedBefore how many processes had ended by then that held memory
 * @param takenAtNanos when it was made, a time of {@link System#nanoTime()}
 */
record SharedMemoryMark(SharedMemoryTracker tracker, RegionSnapshot snapshot, long endedBefore, long takenAtNanos)
        implements MemoryTracker.Mark {

    @Override
    public MemoryTotals totals() {
        return snapshot.totals();
    }

    @Override
    public long order() {
        return 0;
    }

    @Override
    public void close() {
        tracker.forget(this);
    }
}
