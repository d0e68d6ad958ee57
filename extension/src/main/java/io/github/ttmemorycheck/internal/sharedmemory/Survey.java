package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * What all regions held when they were read, each at a moment of its own.
 *
 * @param totals what the living processes hold
 * @param living what each of them holds, by process number; also those that hold nothing
 * @param ended what those hold that have ended and are in a region still, by process number
 * @param chips the chips of each device
 */
record Survey(
        MemoryTotals totals,
        Map<KnownProcess, MemoryTotals> living,
        Map<KnownProcess, MemoryTotals> ended,
        NavigableMap<Integer, List<String>> chips) {

    Survey {
        living = Collections.unmodifiableMap(living);
        ended = Collections.unmodifiableMap(ended);
        chips = Collections.unmodifiableNavigableMap(chips);
    }

    /**
     * Tells whether those that lived live, and those that had ended are what their numbers stand for still. Not where a name is
     * missing, which is written into a slot after the number.
     */
    boolean isStillTrueOf(KnownProcesses processes) {
        return living.keySet().stream().allMatch(process -> isStill(process, true, processes))
                && ended.keySet().stream().allMatch(process -> isStill(process, false, processes));
    }

    private static boolean isStill(KnownProcess process, boolean alive, KnownProcesses processes) {
        return processes.get(process.processId()) == process
                && processes.isAlive(process) == alive
                && !process.command().isEmpty();
    }

    /** Returns what each living process holds. */
    List<ProcessUse> processes() {
        List<ProcessUse> uses = new ArrayList<>();
        living.forEach((process, held) -> uses.add(use(process, held)));
        return uses;
    }

    /** Returns what each living process holds more than it, and not merely one of its number, held earlier. */
    List<ProcessUse> risenSince(Survey earlier) {
        List<ProcessUse> risen = new ArrayList<>();
        living.forEach((process, held) -> {
            ProcessUse rise = use(process, held).risenSince(earlier.living.getOrDefault(process, MemoryTotals.NONE));
            if (!rise.held().isZero()) {
                risen.add(rise);
            }
        });
        return risen;
    }

    /** Returns the command of each living process where it is known. */
    Map<Integer, String> commands() {
        Map<Integer, String> commands = new HashMap<>();
        for (KnownProcess process : living.keySet()) {
            if (!process.command().isEmpty()) {
                commands.put(process.processId(), process.command());
            }
        }
        return commands;
    }

    private static ProcessUse use(KnownProcess process, MemoryTotals held) {
        return new ProcessUse(process.processId(), process.command(), held);
    }
}
