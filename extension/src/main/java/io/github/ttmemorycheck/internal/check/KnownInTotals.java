package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;

/** Tells apart what a snapshot knows by its buffers and what it knows in totals alone, so that nothing counts twice. */
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

    /** Returns the buffers of all else. */
    static List<DeviceBuffer> buffers(MemorySnapshot now, MemoryTracker tracker) {
        return now.buffersKnown()
                ? now.buffers()
                : now.buffers().stream()
                        .filter(buffer -> tracker.knowsBuffers(buffer.pool()))
                        .toList();
    }
}
