package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.List;

/** Tells apart what a tracker knows by its buffers and what it knows in totals alone, so that nothing counts twice. */
final class KnownInTotals {

    private KnownInTotals() {}

    /** Returns what is held of what no buffers are known of. */
    static MemoryTotals of(MemorySnapshot now, MemoryTracker tracker) {
        MemoryTotals.Builder inTotals = MemoryTotals.builder();
        if (!now.buffersKnown()) {
            now.totals().pools().stream()
                    .filter(pool -> !tracker.knowsBuffers(pool))
                    .forEach(pool -> inTotals.add(pool, now.totals().of(pool)));
        }
        return inTotals.build();
    }

    /** Returns what is left and known by no buffer; of a tracker that names buffers only now and then it is all. */
    static MemoryTotals left(SnapshotDiff diff, MemoryTracker tracker) {
        MemoryTotals left = diff.leftTotals();
        MemoryTotals.Builder inTotals = MemoryTotals.builder();
        for (MemoryPool pool : left.pools()) {
            long bytes = left.of(pool);
            if (bytes > 0) {
                inTotals.add(pool, tracker.knowsBuffers(pool) ? diff.leftInTotals(pool) : bytes);
            }
        }
        return inTotals.build();
    }

    /** Returns how far totals fell of what is known in totals. */
    static MemoryTotals fallen(SnapshotDiff diff, MemoryTracker tracker) {
        MemoryTotals fallen = diff.before().risenSince(diff.after());
        MemoryTotals.Builder inTotals = MemoryTotals.builder();
        fallen.pools().stream()
                .filter(pool -> !tracker.knowsBuffers(pool))
                .forEach(pool -> inTotals.add(pool, fallen.of(pool)));
        return inTotals.build();
    }

    /** Returns the buffers of all else. */
    static List<DeviceBuffer> buffers(MemorySnapshot now, MemoryTracker tracker) {
        return now.buffersKnown()
                ? now.buffers()
                : now.buffers().stream()
                        .filter(buffer -> tracker.knowsBuffers(buffer.pool()))
                        .toList();
    }
}
