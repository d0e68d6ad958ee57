package io.github.ttmemorycheck.snapshot;

import static org.apiguardian.api.API.Status.INTERNAL;
import static org.apiguardian.api.API.Status.STABLE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * What is allocated at one moment. Immutable.
 *
 * <p>The library makes it; read it by its accessors, since later versions may add to it.
 *
 * @param totals bytes per device and kind
 * @param buffersKnown whether every buffer is known, or the totals only
 * @param buffers the live buffers in the order of their allocation; empty when they are not known
 * @param commands the command line of each process that holds a buffer, where it could be found
 * @param processes every living process and what it holds, by process id, also when it holds nothing; empty where
 *     figures per process are not known, or follow from the buffers
 */
@API(status = STABLE, since = "0.1")
public record MemorySnapshot(
        MemoryTotals totals,
        boolean buffersKnown,
        List<DeviceBuffer> buffers,
        Map<Integer, String> commands,
        List<ProcessUse> processes) {

    /** Copies the collections. */
    @API(status = INTERNAL)
    public MemorySnapshot {
        buffers = List.copyOf(buffers);
        commands = Map.copyOf(commands);
        processes = List.copyOf(processes);
    }

    /** {@return the devices that there is a figure for, ascending} */
    public NavigableSet<Integer> devices() {
        return totals.devices();
    }

    /**
     * {@return how many bytes of one kind are allocated on one device; 0 for a device that is not known}
     *
     * @param device the device's number
     * @param kind the kind of memory
     */
    public long allocated(int device, MemoryKind kind) {
        return totals.of(device, kind);
    }

    /**
     * {@return how many bytes of one kind are allocated on all devices, at most {@link Long#MAX_VALUE}}
     *
     * @param kind the kind of memory
     */
    public long allocated(MemoryKind kind) {
        return totals.of(kind);
    }

    /**
     * Compares with an earlier snapshot of the same tracker: by buffer where both know their buffers, otherwise by
     * process where both know those, and by total in the end.
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

    private List<ProcessUse> risen(List<ProcessUse> earlier) {
        Map<Holder, MemoryTotals> then = new HashMap<>();
        earlier.forEach(use -> then.putIfAbsent(Holder.of(use), use.held()));
        return processes.stream()
                .map(now -> now.risenSince(then.getOrDefault(Holder.of(now), MemoryTotals.NONE)))
                .filter(rise -> !rise.held().isZero())
                .toList();
    }

    /**
     * The kernel gives the number of an ended process to a new one, so a process is the same when its command is, too.
     */
    private record Holder(int processId, String command) {

        static Holder of(ProcessUse use) {
            return new Holder(use.processId(), use.command());
        }
    }

    private static List<DeviceBuffer> missing(List<DeviceBuffer> from, List<DeviceBuffer> in) {
        Set<Long> orders = in.stream().map(DeviceBuffer::order).collect(Collectors.toSet());
        return from.stream().filter(buffer -> !orders.contains(buffer.order())).toList();
    }
}
