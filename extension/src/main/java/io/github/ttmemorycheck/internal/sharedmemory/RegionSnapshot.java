package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.sharedmemory.KnownProcesses.KnownProcess;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
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

    /** Returns what each living process holds more than it, and not merely one of its number, held earlier. */
    List<ProcessUse> risenSince(RegionSnapshot earlier) {
        return living.entrySet().stream()
                .map(entry -> use(entry).risenSince(earlier.living.getOrDefault(entry.getKey(), MemoryTotals.NONE)))
                .filter(rise -> !rise.held().isZero())
                .toList();
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
