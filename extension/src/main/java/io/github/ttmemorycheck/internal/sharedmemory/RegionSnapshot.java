package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.sharedmemory.KnownProcesses.KnownProcess;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all regions held when they were read, each at a moment of its own.
 *
 * @param totals what the living processes hold
 * @param living what each of them holds, by process number; also those that hold nothing
 * @param ended what those hold that have ended and are in a region still, by process number
 * @param chips the chips of each device
 */
record RegionSnapshot(
        MemoryTotals totals,
        Map<KnownProcess, MemoryTotals> living,
        Map<KnownProcess, MemoryTotals> ended,
        NavigableMap<Integer, List<String>> chips) {

    /**
     * Whether those that lived live, and those that had ended are what their numbers stand for still. Not where a name
     * is missing, which is written into a slot after the number.
     */
    boolean isStillTrueOf(KnownProcesses processes) {
        return Stream.concat(living.keySet().stream(), ended.keySet().stream())
                .allMatch(process -> processes.get(process.processId()) == process
                        && process.isAlive() == living.containsKey(process)
                        && !process.command().isEmpty());
    }

    List<ProcessUse> processes() {
        return living.entrySet().stream().map(RegionSnapshot::use).toList();
    }

    /**
     * Returns what each living process holds more than it, and not merely one of its number, held earlier, but for
     * circular buffers.
     */
    List<ProcessUse> risenSince(RegionSnapshot earlier) {
        if (totals.equals(earlier.totals) && living.equals(earlier.living)) {
            return List.of();
        }
        return living.entrySet().stream()
                .map(entry -> use(entry).risenSince(earlier.living.getOrDefault(entry.getKey(), MemoryTotals.NONE)))
                .map(RegionSnapshot::withoutCircularBuffers)
                .filter(rise -> !rise.held().isZero())
                .toList();
    }

    /** Returns rises without circular buffers, whose rise alone says nothing. */
    static List<ProcessUse> withoutCircularBuffers(List<ProcessUse> risen) {
        return risen.stream().map(RegionSnapshot::withoutCircularBuffers).toList();
    }

    private static ProcessUse withoutCircularBuffers(ProcessUse rise) {
        if (rise.held().of(MemoryKind.CIRCULAR_BUFFER) == 0) {
            return rise;
        }
        MemoryTotals.Builder held = MemoryTotals.builder();
        rise.held().pools().stream()
                .filter(pool -> pool.kind() != MemoryKind.CIRCULAR_BUFFER)
                .forEach(pool -> held.add(pool, rise.held().of(pool)));
        return new ProcessUse(rise.processId(), rise.command(), held.build());
    }

    /**
     * Returns how much of each kind that regions have is left on each device, 0 included, from what each process left.
     */
    Map<MemoryPool, Long> left(List<ProcessUse> risen) {
        Map<MemoryPool, Long> left = new HashMap<>();
        for (int device : chips.keySet()) {
            RegionLayout.KINDS.forEach(kind -> left.put(new MemoryPool(device, kind), 0L));
        }
        for (ProcessUse use : risen) {
            for (MemoryPool pool : use.held().pools()) {
                left.computeIfPresent(
                        pool, (same, bytes) -> ByteSize.sum(bytes, use.held().of(pool)));
            }
        }
        return left;
    }

    /** Returns the command of each living process where it is known. */
    Map<Integer, String> commands() {
        return processes().stream()
                .filter(use -> !use.command().isEmpty())
                .collect(Collectors.toMap(ProcessUse::processId, ProcessUse::command));
    }

    private static ProcessUse use(Map.Entry<KnownProcess, MemoryTotals> held) {
        return new ProcessUse(held.getKey().processId(), held.getKey().command(), held.getValue());
    }
}
