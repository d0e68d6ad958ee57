package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.nio.ByteBuffer;

/**
 * What the slot of one process held.
 *
 * @param number its place in the table
 * @param words the bytes of each of {@link RegionLayout#KINDS}, and behind them when the writer changed them
 */
record ProcessSlot(int number, int processId, ByteBuffer words) {

    long figure(int kind) {
        return words.getLong(kind * Long.BYTES);
    }

    void addTo(MemoryTotals.Builder totals, int device) {
        for (int i = 0; i < RegionLayout.KINDS.size(); i++) {
            totals.add(device, RegionLayout.KINDS.get(i), figure(i));
        }
    }
}
