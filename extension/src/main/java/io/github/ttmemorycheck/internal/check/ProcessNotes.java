package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.process.ProcessTree;
import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.internal.text.ProcessNames;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Sentences about processes, for trackers that know what each holds without knowing buffers. */
final class ProcessNotes {

    private static final int MOST = 5;
    private static final int COLUMNS_OF_A_COMMAND = 60;

    /** No process speaks here: the JVM of the tests is named with its command, as every other process is. */
    private static final long NOBODY = -1;

    private ProcessNotes() {}

    /**
     * Says which processes hold more than before, the largest first: {@code pid 812 python3 worker.py (ours) holds
     * ...}.
     */
    static List<String> risen(List<ProcessUse> processes, ProcessTree own) {
        List<String> notes = new ArrayList<>();
        List<ProcessUse> largest = processes.stream()
                .sorted(Comparator.comparingLong((ProcessUse use) -> use.held().sum())
                        .reversed())
                .toList();
        for (ProcessUse use : largest.subList(0, Math.min(MOST, largest.size()))) {
            notes.add(
                    name(use.processId(), use.command(), own) + " holds " + amounts(use.held()) + " more than before");
        }
        if (largest.size() > MOST) {
            notes.add((largest.size() - MOST) + " more processes hold more than before");
        }
        return notes;
    }

    /** Says that a process took its memory with it. */
    static String ended(EndedProcess process, ProcessTree own) {
        return name(process.processId(), process.command(), own) + " ended without freeing "
                + (process.buffers() == 0 ? amounts(process.held()) : Wording.count(process.buffers(), "buffer"))
                + "; the driver has taken that back";
    }

    /** For example {@code pid 812 python3 worker.py (ours)}. */
    private static String name(int processId, String command, ProcessTree own) {
        int columns = ("pid " + processId + " ").length() + COLUMNS_OF_A_COMMAND;
        return own.named(processId, new ProcessNames(Map.of(processId, command), NOBODY).name(processId, columns));
    }

    private static String amounts(MemoryTotals held) {
        List<String> amounts = Amount.of(held).stream()
                .map(amount -> amount.text(held.devices()))
                .toList();
        return amounts.isEmpty() ? "nothing" : Wording.list(amounts);
    }
}
