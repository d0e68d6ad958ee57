package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.List;

/** Counts once what a circular buffer shares with the tensor in whose own range of L1 it lies. */
final class Overlaps {

    private Overlaps() {}

    static SnapshotDiff countedOnce(SnapshotDiff diff) {
        List<DeviceBuffer> inside = diff.left().stream()
                .filter(buffer -> buffer.kind() == MemoryKind.CIRCULAR_BUFFER)
                .filter(circular -> diff.left().stream().anyMatch(tensor -> holds(tensor, circular)))
                .toList();
        if (inside.isEmpty()) {
            return diff;
        }
        return new SnapshotDiff(
                diff.before(),
                without(diff.after(), inside),
                diff.buffersKnown(),
                diff.left().stream().filter(buffer -> !inside.contains(buffer)).toList(),
                diff.released(),
                diff.ended(),
                diff.commands(),
                diff.processes(),
                diff.faults(),
                diff.leftInTotals());
    }

    private static boolean holds(DeviceBuffer tensor, DeviceBuffer circular) {
        return tensor.kind() == MemoryKind.L1
                && tensor.device() == circular.device()
                && tensor.processId() == circular.processId()
                && Long.compareUnsigned(tensor.address(), circular.address()) <= 0
                && Long.compareUnsigned(circular.address() + circular.size(), tensor.address() + tensor.size()) <= 0;
    }

    private static MemoryTotals without(MemoryTotals totals, List<DeviceBuffer> inside) {
        MemoryTotals.Builder sum = MemoryTotals.builder();
        inside.forEach(sum::add);
        MemoryTotals taken = sum.build();
        MemoryTotals.Builder rest = MemoryTotals.builder();
        totals.pools().forEach(pool -> rest.add(pool, Math.max(0, totals.of(pool) - taken.of(pool))));
        return rest.build();
    }
}
