package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.devices.ClosedDevice;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
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
    static SnapshotDiff in(SnapshotDiff diff, List<ClosedDevice> closed, Owners owners) {
        if (closed.isEmpty() || diff.left().stream().noneMatch(Reopened::isReference)) {
            return diff;
        }
        Map<Long, DeviceBuffer> gone = owners.live().stream()
                .filter(buffer -> !isReference(buffer) && owners.wentWithOneOf(closed, buffer))
                .collect(Collectors.toMap(DeviceBuffer::order, buffer -> buffer, (one, other) -> one));
        MemoryTotals.Builder formerly = MemoryTotals.builder();
        diff.left().stream()
                .map(DeviceBuffer::referenceTo)
                .distinct()
                .filter(gone::containsKey)
                .map(gone::get)
                .forEach(formerly::add);
        return new SnapshotDiff(
                diff.before().less(formerly.build()),
                diff.after(),
                diff.buffersKnown(),
                diff.left().stream()
                        .map(buffer -> gone.containsKey(buffer.referenceTo())
                                ? Owners.bufferOf(buffer.processId(), buffer)
                                : buffer)
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
}
