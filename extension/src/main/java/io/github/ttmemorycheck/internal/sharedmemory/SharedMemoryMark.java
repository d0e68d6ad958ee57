package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryTotals;

/** A mark of a {@link SharedMemoryTracker}. */
record SharedMemoryMark(SharedMemory memory, Sighting sighting, long takenAtNanos) implements MemoryTracker.Mark {

    boolean belongsTo(SharedMemory asked) {
        return memory == asked;
    }

    @Override
    public MemoryTotals totals() {
        return sighting.totals();
    }

    @Override
    public long order() {
        return 0;
    }

    @Override
    public void close() {
        memory.forget(sighting);
    }
}
