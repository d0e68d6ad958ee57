package io.github.ttmemorycheck.snapshot;

import static org.apiguardian.api.API.Status.INTERNAL;
import static org.apiguardian.api.API.Status.STABLE;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import org.apiguardian.api.API;

/**
 * What changed between two moments. Immutable.
 *
 * <p>Where buffers are known, what is left is counted by buffer: memory freed meanwhile does not hide memory that was
 * allocated. Where only totals are known, what is left is what each process holds more than before, if that is known,
 * and the difference of the totals otherwise. One diff may know buffers of some pools and totals of others.
 *
 * <p>The library makes it; read it by its accessors, since later versions may add to it.
 *
 * @param before the totals at the earlier moment
 * @param after the totals at the later moment
 * @param buffersKnown whether the two lists of buffers are known, of whatever is not in {@code leftInTotals} alone
 * @param left the buffers allocated since the earlier moment that are still live, in the order of their allocation
 * @param released the buffers that were live at the earlier moment and are not any more
 * @param ended the processes that ended meanwhile while they held memory
 * @param commands the command line of each process that owns a buffer named here, where it could be found
 * @param processes every living process that holds more of anything than at the earlier moment, and how much more;
 *     empty where figures per process are not known, or follow from the buffers
 * @param faults the frees since the earlier moment that named nothing, or not one thing alone
 * @param leftInTotals the bytes left, 0 or more, of every device and kind that is known in totals; they are left beside
 *     the buffers. Empty where all of it follows from the buffers, the processes or the totals
 */
@API(status = STABLE, since = "0.1")
public record SnapshotDiff(
        MemoryTotals before,
        MemoryTotals after,
        boolean buffersKnown,
        List<DeviceBuffer> left,
        List<DeviceBuffer> released,
        List<EndedProcess> ended,
        Map<Integer, String> commands,
        List<ProcessUse> processes,
        List<FreeFault> faults,
        Map<MemoryPool, Long> leftInTotals) {

    /** Copies the collections. */
    @API(status = INTERNAL)
    public SnapshotDiff {
        left = List.copyOf(left);
        released = List.copyOf(released);
        ended = List.copyOf(ended);
        commands = Map.copyOf(commands);
        processes = List.copyOf(processes);
        faults = List.copyOf(faults);
        leftInTotals = Map.copyOf(leftInTotals);
    }

    /** Makes a diff without faults, of which nothing is known in totals beside the buffers. */
    @API(status = INTERNAL)
    public SnapshotDiff(
            MemoryTotals before,
            MemoryTotals after,
            boolean buffersKnown,
            List<DeviceBuffer> left,
            List<DeviceBuffer> released,
            List<EndedProcess> ended,
            Map<Integer, String> commands,
            List<ProcessUse> processes) {
        this(before, after, buffersKnown, left, released, ended, commands, processes, List.of(), Map.of());
    }

    /** Returns this diff with other memory left, and all else unchanged. */
    @API(status = INTERNAL)
    public SnapshotDiff withLeft(MemoryTotals after, List<DeviceBuffer> left, Map<MemoryPool, Long> leftInTotals) {
        return new SnapshotDiff(
                before, after, buffersKnown, left, released, ended, commands, processes, faults, leftInTotals);
    }

    /** {@return the devices that there is a figure for at either moment, ascending} */
    public NavigableSet<Integer> devices() {
        NavigableSet<Integer> devices = before.devices();
        devices.addAll(after.devices());
        return devices;
    }

    /**
     * {@return how many bytes were left on one device since the earlier moment}
     *
     * @param device the device's number
     * @param kind the kind of memory
     */
    public long left(int device, MemoryKind kind) {
        return leftTotals().of(device, kind);
    }

    /** {@return the bytes left on each of all {@link #devices()} since the earlier moment} */
    public MemoryTotals leftTotals() {
        MemoryTotals.Builder totals = knownDevices();
        if (buffersKnown) {
            left.forEach(totals::add);
        }
        if (buffersKnown || !leftInTotals.isEmpty()) {
            leftInTotals.forEach(totals::add);
        } else if (processes.isEmpty()) {
            totals.addAll(after.risenSince(before));
        } else {
            processes.forEach(process -> totals.addAll(process.held()));
        }
        return totals.build();
    }

    /**
     * {@return how many of the bytes left on one device are known by no buffer}
     *
     * @param pool the device and the kind of memory
     */
    public long leftInTotals(MemoryPool pool) {
        return buffersKnown ? leftInTotals.getOrDefault(pool, 0L) : leftTotals().of(pool);
    }

    /**
     * {@return the bytes that each of all {@link #devices()} held at the earlier moment and does not any more; where
     * buffers are not known, how far its totals fell}
     */
    public MemoryTotals releasedTotals() {
        MemoryTotals.Builder totals = knownDevices();
        MemoryTotals fallen = before.risenSince(after);
        if (buffersKnown) {
            released.stream()
                    .filter(buffer -> !leftInTotals.containsKey(buffer.pool()))
                    .forEach(totals::add);
            leftInTotals.keySet().forEach(pool -> totals.add(pool, fallen.of(pool)));
        } else {
            totals.addAll(fallen);
        }
        return totals.build();
    }

    private MemoryTotals.Builder knownDevices() {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        devices().forEach(device -> totals.add(device, MemoryKind.DRAM, 0));
        return totals;
    }

    /** {@return whether no memory allocated since the earlier moment is still live} */
    public boolean isClean() {
        boolean ofBuffersAlone = buffersKnown && leftInTotals.isEmpty();
        return ofBuffersAlone ? left.isEmpty() : leftTotals().isZero();
    }
}
