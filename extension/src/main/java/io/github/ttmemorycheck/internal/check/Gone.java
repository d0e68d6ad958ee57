package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The buffers that went between two diffs since one mark.
 *
 * @param buffers those allocated since the mark, and those of before it
 */
record Gone(List<DeviceBuffer> buffers) {

    static Gone between(SnapshotDiff earlier, SnapshotDiff later) {
        Set<Long> left = orders(later.left());
        Set<Long> released = orders(earlier.released());
        return new Gone(Stream.concat(
                        earlier.left().stream().filter(buffer -> !left.contains(buffer.order())),
                        later.released().stream().filter(buffer -> !released.contains(buffer.order())))
                .filter(buffer -> buffer.referenceTo() == 0)
                .toList());
    }

    private static Set<Long> orders(List<DeviceBuffer> buffers) {
        return buffers.stream().map(DeviceBuffer::order).collect(Collectors.toCollection(HashSet::new));
    }

    /** Returns the sum of some of them, per device and kind. */
    MemoryTotals of(Predicate<DeviceBuffer> wanted) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        buffers.stream().filter(wanted).forEach(totals::add);
        return totals.build();
    }
}
