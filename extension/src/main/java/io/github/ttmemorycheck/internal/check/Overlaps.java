package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts once what a circular buffer shares with the tensor in whose own range of L1 it lies. */
final class Overlaps {

    private Overlaps() {}

    static SnapshotDiff countedOnce(SnapshotDiff diff) {
        List<DeviceBuffer> tensors = of(diff, MemoryKind.L1);
        Set<DeviceBuffer> inside = of(diff, MemoryKind.CIRCULAR_BUFFER).stream()
                .filter(circular -> tensors.stream().anyMatch(tensor -> holds(tensor, circular)))
                .collect(Collectors.toSet());
        if (inside.isEmpty()) {
            return diff;
        }
        MemoryTotals.Builder twice = MemoryTotals.builder();
        inside.forEach(twice::add);
        return diff.withLeft(
                diff.after().less(twice.build()),
                diff.left().stream().filter(buffer -> !inside.contains(buffer)).toList(),
                diff.leftInTotals());
    }

    private static List<DeviceBuffer> of(SnapshotDiff diff, MemoryKind kind) {
        return diff.left().stream().filter(buffer -> buffer.kind() == kind).toList();
    }

    private static boolean holds(DeviceBuffer tensor, DeviceBuffer circular) {
        return tensor.device() == circular.device()
                && tensor.processId() == circular.processId()
                && Long.compareUnsigned(tensor.address(), circular.address()) <= 0
                && Long.compareUnsigned(circular.address() + circular.size(), tensor.address() + tensor.size()) <= 0;
    }
}
