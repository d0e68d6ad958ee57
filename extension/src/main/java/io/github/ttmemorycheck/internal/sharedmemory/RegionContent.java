package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a region held at one moment.
 *
 * @param device the logical device number
 * @param slots the slots of the processes that count, living or not
 */
record RegionContent(int device, List<RegionContent.Slot> slots) {

    /**
     * What the slot of one process held.
     *
     * @param number its place in the table
     * @param words the bytes of each of {@link RegionLayout#KINDS}, and behind them when the writer changed them
     */
    record Slot(int number, int processId, ByteBuffer words) {

        long figure(int kind) {
            return words.getLong(kind * Long.BYTES);
        }

        /** Whether no figure is more than any device has. */
        boolean isPlausible() {
            return IntStream.range(0, RegionLayout.KINDS.size()).allMatch(kind -> figure(kind) >= 0);
        }

        void addTo(MemoryTotals.Builder totals, int device) {
            for (int i = 0; i < RegionLayout.KINDS.size(); i++) {
                totals.add(device, RegionLayout.KINDS.get(i), figure(i));
            }
        }
    }

    /** Returns the same without the slots of some processes. */
    RegionContent without(Set<Integer> processes) {
        return new RegionContent(
                device,
                slots.stream()
                        .filter(slot -> !processes.contains(slot.processId()))
                        .toList());
    }
}
