package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Takes the memory of some processes out of what a tracker says that knows every buffer.
 *
 * @param counts says whether the memory of a process counts
 */
record Narrowing(IntPredicate counts) {

    boolean counts(DeviceBuffer buffer) {
        return counts.test(buffer.processId());
    }

    /** Asks once for each process: that may read its files, and a process may have many buffers. */
    List<DeviceBuffer> of(List<DeviceBuffer> buffers) {
        Map<Integer, Boolean> known = new HashMap<>();
        return buffers.stream()
                .filter(buffer -> known.computeIfAbsent(buffer.processId(), counts::test))
                .toList();
    }

    /** Narrows a diff; its totals have to be narrowed already. */
    SnapshotDiff of(SnapshotDiff diff, MemoryTotals before, MemoryTotals after) {
        return new SnapshotDiff(
                before,
                after,
                diff.buffersKnown(),
                of(diff.left()),
                of(diff.released()),
                diff.ended().stream()
                        .filter(process -> counts.test(process.processId()))
                        .toList(),
                diff.commands(),
                diff.processes(),
                diff.faults().stream()
                        .filter(fault -> counts.test(fault.processId()))
                        .toList(),
                diff.leftInTotals());
    }

    MemorySnapshot of(MemorySnapshot snapshot) {
        List<DeviceBuffer> buffers = of(snapshot.buffers());
        return new MemorySnapshot(
                totals(snapshot, buffers), snapshot.buffersKnown(), buffers, snapshot.commands(), snapshot.processes());
    }

    /** Sums buffers of a snapshot; the devices stay known. */
    static MemoryTotals totals(MemorySnapshot snapshot, List<DeviceBuffer> buffers) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        snapshot.devices().forEach(device -> totals.add(device, MemoryKind.DRAM, 0));
        buffers.forEach(totals::add);
        return totals.build();
    }
}
