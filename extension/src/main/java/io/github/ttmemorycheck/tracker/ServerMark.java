package io.github.ttmemorycheck.tracker;

import io.github.ttmemorycheck.internal.server.AllocationService;
import io.github.ttmemorycheck.internal.server.Moment;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryTotals;

/** A mark of an {@link AllocationServer}. */
record ServerMark(AllocationService service, Moment moment) implements MemoryTracker.Mark {

    boolean belongsTo(AllocationService asked) {
        return service == asked;
    }

    @Override
    public MemoryTotals totals() {
        return moment.totals();
    }

    @Override
    public long order() {
        return moment.order();
    }

    @Override
    public long takenAtNanos() {
        return moment.takenAtNanos();
    }

    @Override
    public void close() {
        service.forget(moment);
    }
}
