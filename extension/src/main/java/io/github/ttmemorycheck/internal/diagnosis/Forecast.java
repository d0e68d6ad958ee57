package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.internal.text.DeviceRanges;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When the first device is full, if growth goes on as it did.
 *
 * @param kind the kind of memory that runs out first
 * @param devices the devices on which it does
 * @param rate how many bytes a repetition adds on average
 * @param capacity how many bytes a device has
 * @param repetitions how many more repetitions find room
 */
record Forecast(MemoryKind kind, NavigableSet<Integer> devices, long rate, long capacity, long repetitions) {

    private static final int COLUMNS_OF_DEVICES = 20;

    /** Returns the nearest end; empty where no capacity is known. */
    static Optional<Forecast> of(List<GrowthFinding> grown, MemoryTotals capacities) {
        Optional<Forecast> nearest = Optional.empty();
        for (GrowthFinding growth : grown) {
            int device = growth.pool().device();
            MemoryKind kind = growth.pool().kind();
            long capacity = capacities.of(device, kind);
            long rate = growth.total() / growth.judged().size();
            if (capacity <= 0 || rate <= 0) {
                continue;
            }
            long room = Math.max(0, capacity - growth.last()) / rate;
            if (nearest.isEmpty() || room < nearest.get().repetitions()) {
                nearest = Optional.of(new Forecast(kind, new TreeSet<>(List.of(device)), rate, capacity, room));
            } else if (nearest.get().isAlso(kind, rate, capacity, room)) {
                nearest.get().devices().add(device);
            }
        }
        return nearest;
    }

    private boolean isAlso(MemoryKind other, long otherRate, long otherCapacity, long room) {
        return other == kind && otherRate == rate && otherCapacity == capacity && room == repetitions;
    }

    String text() {
        String what = DeviceRanges.named(devices, COLUMNS_OF_DEVICES) + (devices.size() == 1 ? " is" : " are")
                + " out of " + Wording.kind(kind) + " (" + ByteSize.format(capacity) + ")";
        return "At " + ByteSize.format(rate) + " a repetition, "
                + (repetitions == 0
                        ? what + " at the next one."
                        : what + " after about " + Wording.count(repetitions, "more repetition") + ".");
    }
}
