package io.github.ttmemorycheck.internal.sharedmemory;

import java.util.List;

/**
 * What a region held at one moment.
 *
 * @param device the logical device number
 * @param slots the slots of the processes that are looked at, living or not
 */
record RegionReading(int device, List<SlotReading> slots) {}
