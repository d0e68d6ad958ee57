package io.github.ttmemorycheck.internal.sharedmemory;

import java.util.List;
import java.util.Set;

/**
 * What a region held at one moment.
 *
 * @param device the logical device number
 * @param slots the slots of the processes that count, living or not
 */
record RegionContent(int device, List<ProcessSlot> slots) {

    /** Returns the same without the slots of some processes. */
    RegionContent without(Set<Integer> processes) {
        return new RegionContent(
                device,
                slots.stream()
                        .filter(slot -> !processes.contains(slot.processId()))
                        .toList());
    }
}
