package io.github.ttmemorycheck.snapshot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;

/**
 * What is allocated at one moment. Immutable.
 *
 * @param totals bytes per device and kind
 * @param buffersKnown whether every buffer is known, or the totals only
 * @param buffers the live buffers in the order of their allocation; empty when they are not known
 * @param commands the command line of each process that holds a buffer, where it could be found
 * @param processes every living process and what it holds, by process id, also when it holds nothing; empty where figures
 *     per process are not known, or follow from the buffers
 */
public record MemorySnapshot(
        MemoryTotals totals,
        boolean buffersKnown,
        List<DeviceBuffer> buffers,
        Map<Integer, String> commands,
        List<ProcessUse> processes) {

    /**
     * Copies the collections.
     *
     * @param totals as the component says
     * @param buffersKnown as the component says
     * @param buffers as the component says
     * @param commands as the component says
     * @param processes as the component says
     */
    public MemorySnapshot {
        buffers = List.copyOf(buffers);
        commands = Map.copyOf(commands);
        processes = List.copyOf(processes);
    }

    /**
     * Makes a snapshot without figures per process.
     *
     * @param totals as the component says
     * @param buffersKnown as the component says
     * @param buffers as the component says
     * @param commands as the component says
     */
    public MemorySnapshot(
            MemoryTotals totals, boolean buffersKnown, List<DeviceBuffer> buffers, Map<Integer, String> commands) {
        this(totals, buffersKnown, buffers, commands, List.of());
    }

    /**
     * Returns the devices that there is a figure for.
     *
     * @return the device numbers, ascending
     */
    public NavigableSet<Integer> devices() {
        return totals.devices();
    }

    /**
     * Returns what is allocated of one kind on one device.
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @return bytes
     */
    public long allocated(int device, MemoryKind kind) {
        return totals.of(device, kind);
    }

    /**
     * Returns what is allocated of one kind on all devices.
     *
     * @param kind the kind of memory
     * @return bytes
     */
    public long allocated(MemoryKind kind) {
        return totals.of(kind);
    }

    /**
     * Compares with an earlier snapshot of the same tracker: by buffer where both know their buffers, otherwise by process
     * where both know those, and by total in the end.
     *
     * @param earlier the earlier snapshot
     * @return what changed from there to here
     */
    public SnapshotDiff since(MemorySnapshot earlier) {
        boolean known = buffersKnown && earlier.buffersKnown;
        return new SnapshotDiff(
                earlier.totals,
                totals,
                known,
                known ? missing(buffers, earlier.buffers) : List.of(),
                known ? missing(earlier.buffers, buffers) : List.of(),
                List.of(),
                commands,
                known ? List.of() : risen(earlier.processes));
    }

    /** A process is the same when its number and its command are. */
    private List<ProcessUse> risen(List<ProcessUse> earlier) {
        List<ProcessUse> risen = new ArrayList<>();
        for (ProcessUse now : processes) {
            MemoryTotals then = earlier.stream()
                    .filter(use ->
                            use.processId() == now.processId() && use.command().equals(now.command()))
                    .findFirst()
                    .map(ProcessUse::held)
                    .orElse(MemoryTotals.NONE);
            ProcessUse rise = now.risenSince(then);
            if (!rise.held().isZero()) {
                risen.add(rise);
            }
        }
        return risen;
    }

    private static List<DeviceBuffer> missing(List<DeviceBuffer> from, List<DeviceBuffer> in) {
        Set<Long> orders = new HashSet<>();
        in.forEach(buffer -> orders.add(buffer.order()));
        List<DeviceBuffer> missing = new ArrayList<>();
        for (DeviceBuffer buffer : from) {
            if (!orders.contains(buffer.order())) {
                missing.add(buffer);
            }
        }
        return missing;
    }
}
