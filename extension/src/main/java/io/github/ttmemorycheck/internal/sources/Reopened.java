package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.devices.ClosedDevice;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was allocated on a device that had been closed and opened again, as by a reset of its board. A tracker that saw
 * no free takes it for a further reference to what was at the address; that went with the device, so it is a buffer of
 * its own.
 */
final class Reopened {

    private Reopened() {}

    /**
     * Returns a diff whose references to what went with a device are buffers.
     *
     * @param closed the devices that have been closed, however long ago
     */
    static SnapshotDiff in(SnapshotDiff diff, MemoryTracker whole, List<ClosedDevice> closed, Owners owners) {
        if (closed.isEmpty() || diff.left().stream().noneMatch(Reopened::isReference)) {
            return diff;
        }
        Map<Long, DeviceBuffer> gone = whole.snapshot().buffers().stream()
                .filter(buffer -> !isReference(buffer) && owners.wentWithOneOf(closed, buffer))
                .collect(Collectors.toMap(DeviceBuffer::order, buffer -> buffer, (one, other) -> one, HashMap::new));
        MemoryTotals.Builder formerly = MemoryTotals.builder();
        diff.left().stream()
                .filter(Reopened::isReference)
                .map(reference -> gone.get(reference.referenceTo()))
                .filter(former -> former != null)
                .distinct()
                .forEach(formerly::add);
        return new SnapshotDiff(
                diff.before().less(formerly.build()),
                diff.after(),
                diff.buffersKnown(),
                diff.left().stream()
                        .map(buffer -> gone.containsKey(buffer.referenceTo()) ? asBuffer(buffer) : buffer)
                        .toList(),
                diff.released(),
                diff.ended(),
                diff.commands(),
                diff.processes(),
                diff.faults(),
                diff.leftInTotals());
    }

    private static boolean isReference(DeviceBuffer buffer) {
        return buffer.referenceTo() != 0;
    }

    private static DeviceBuffer asBuffer(DeviceBuffer reference) {
        return new DeviceBuffer(
                reference.device(),
                reference.kind(),
                reference.address(),
                reference.size(),
                reference.refCount(),
                reference.allocations(),
                reference.processId(),
                reference.order(),
                reference.seenAtNanos());
    }
}
