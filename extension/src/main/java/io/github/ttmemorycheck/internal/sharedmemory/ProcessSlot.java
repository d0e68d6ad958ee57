package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.Arrays;

/** What the slot of one process held: bytes of each of {@link RegionLayout#KINDS}. Immutable. */
final class ProcessSlot {

    private final int number;
    private final int processId;
    private final long[] words;

    /**
     * Makes a slot.
     *
     * @param number its place in the table
     * @param processId the process
     * @param words the figures, and behind them when the writer changed them, in nanoseconds since the epoch as it says
     */
    ProcessSlot(int number, int processId, long[] words) {
        this.number = number;
        this.processId = processId;
        this.words = words;
    }

    int number() {
        return number;
    }

    int processId() {
        return processId;
    }

    long figure(int kind) {
        return words[kind];
    }

    void addTo(MemoryTotals.Builder totals, int device) {
        // The first makes the device known; most of the others are 0, and leaving these out saves 1 µs of 64 slots.
        totals.add(device, RegionLayout.KINDS.get(0), words[0]);
        for (int i = 1; i < RegionLayout.KINDS.size(); i++) {
            if (words[i] != 0) {
                totals.add(device, RegionLayout.KINDS.get(i), words[i]);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProcessSlot that
                && number == that.number
                && processId == that.processId
                && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * number + processId) + Arrays.hashCode(words);
    }
}
