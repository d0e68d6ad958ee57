package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;

/**
 * What the slot of one process held.
 *
 * @param slot its place in the table
 * @param processId the process
 * @param figures bytes of each of {@link RegionLayout#KINDS}
 * @param lastUpdate when the writer changed it, in nanoseconds since the epoch as the writer says
 */
record SlotReading(int slot, int processId, List<Long> figures, long lastUpdate) {

    /** Adds all figures to a sum of bytes, which never falls. */
    long addTo(long bytes) {
        long sum = bytes;
        for (long figure : figures) {
            sum = Math.max(sum, sum + figure);
        }
        return sum;
    }

    void addTo(MemoryTotals.Builder totals, int device) {
        for (int i = 0; i < figures.size(); i++) {
            totals.add(device, RegionLayout.KINDS.get(i), figures.get(i));
        }
    }
}
