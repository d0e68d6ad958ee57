package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Sentences about processes, for trackers that know what each holds without knowing buffers. */
final class ProcessNotes {

    private static final int MOST = 5;
    private static final int LONGEST_COMMAND = 60;

    private ProcessNotes() {}

    /** Says which processes hold more than before, the largest first: {@code pid 812 python3 worker.py (ours) holds ...}. */
    static List<String> risen(List<ProcessUse> processes, OwnProcesses own) {
        List<String> notes = new ArrayList<>();
        List<ProcessUse> largest = processes.stream()
                .sorted(Comparator.comparingLong((ProcessUse use) -> sum(use.held()))
                        .reversed())
                .toList();
        for (ProcessUse use : largest.subList(0, Math.min(MOST, largest.size()))) {
            notes.add(own.named(use.processId(), "pid " + use.processId() + " " + brief(use.command())) + " holds "
                    + amounts(use.held()) + " more than before");
        }
        if (largest.size() > MOST) {
            notes.add((largest.size() - MOST) + " more processes hold more than before");
        }
        return notes;
    }

    /** Says that a process took its memory with it. */
    static String ended(EndedProcess process, OwnProcesses own) {
        String name = own.named(process.processId(), "pid " + process.processId() + " " + brief(process.command()));
        return name + " ended without freeing "
                + (process.buffers() == 0 ? amounts(process.held()) : Wording.count(process.buffers(), "buffer"))
                + "; the driver has taken that back";
    }

    private static String brief(String command) {
        if (command.length() <= LONGEST_COMMAND) {
            return command;
        }
        String withoutDirectories = command.replaceAll("(?<!\\S)/\\S*/(?=\\S)", "");
        return withoutDirectories.length() <= LONGEST_COMMAND
                ? withoutDirectories
                : withoutDirectories.substring(0, LONGEST_COMMAND - 3) + "...";
    }

    private static String amounts(MemoryTotals held) {
        List<String> amounts = new ArrayList<>();
        for (MemoryKind kind : MemoryKind.values()) {
            NavigableSet<Integer> devices = new TreeSet<>(held.devices());
            devices.removeIf(device -> held.of(device, kind) == 0);
            if (!devices.isEmpty()) {
                String where = devices.size() == 1 ? "device " + devices.first() : devices.size() + " devices";
                amounts.add(ByteSize.format(held.of(kind)) + " of " + kind + " on " + where);
            }
        }
        return amounts.isEmpty() ? "nothing" : String.join(" and ", amounts);
    }

    private static long sum(MemoryTotals held) {
        long sum = 0;
        for (MemoryKind kind : MemoryKind.values()) {
            sum += held.of(kind);
        }
        return sum;
    }
}
