package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.internal.text.BufferList;
import io.github.ttmemorycheck.internal.text.DeviceRanges;
import io.github.ttmemorycheck.internal.text.DeviceRow;
import io.github.ttmemorycheck.internal.text.ProcessNames;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/** Amounts, devices and buffers as they stand in a message. */
final class Figures {

    /** As many as a first line can take; the list below it has the rest. */
    private static final int AT_MOST = 3;

    private Figures() {}

    /** Writes an amount that differs from every other: {@code 36 KiB}, or {@code 8.01 MiB (8205KiB)} when rounded. */
    static String amount(long bytes) {
        String rounded = ByteSize.format(bytes);
        String exact = new ByteSize(bytes).exact();
        return rounded.replace(" ", "").equals(exact) ? rounded : rounded + " (" + exact + ")";
    }

    /** Writes what there is, equal devices folded: {@code 36 KiB of DRAM on each of devices 0-7}. */
    static String sentence(Memory memory) {
        MemoryTotals totals = memory.totals();
        List<MemoryPool> held =
                totals.pools().stream().filter(pool -> totals.of(pool) != 0).toList();
        List<String> phrases =
                DeviceRow.fold(held, MemoryPool::device, pool -> List.of(totals.of(pool), pool.kind())).stream()
                        .map(row -> amount(totals.of(row.first())) + " of "
                                + row.first().kind() + " on " + (row.devices().size() == 1 ? "" : "each of ")
                                + devices(row.devices()))
                        .toList();
        if (phrases.isEmpty()) {
            return Wording.count(memory.buffers().size(), "buffer") + " of 0 B";
        }
        return phrases.size() <= AT_MOST
                ? Wording.list(phrases)
                : String.join(", ", phrases.subList(0, AT_MOST)) + ", ... and "
                        + Wording.count(phrases.size() - AT_MOST, "more figure");
    }

    /** Writes device numbers: {@code device 3}, {@code devices 0-2, 4-7} or {@code no device}. */
    static String devices(NavigableSet<Integer> devices) {
        return devices.isEmpty() ? "no device" : DeviceRanges.named(devices);
    }

    /** Explains a figure of 0 on a device that the tracker never named; empty for the others. */
    static String unknownDevice(Memory memory, int device) {
        NavigableSet<Integer> known = memory.totals().devices();
        return known.contains(device)
                ? ""
                : "\n  nothing is known of device " + device + ": there are figures for " + devices(known);
    }

    /** Lists the buffers below the first line, each line after a line break; empty where there is no memory to list. */
    static String buffers(Memory memory) {
        if (memory.isNone()) {
            return "";
        }
        if (!memory.buffersKnown()) {
            return "\n  the tracker knows totals only, so the buffers cannot be listed";
        }
        ProcessNames processes =
                new ProcessNames(memory.commands(), ProcessHandle.current().pid());
        List<String> lines =
                new BufferList(memory.buffers(), processes, Optional.empty()).lines(" " + memory.what(), "", List.of());
        return "\n" + String.join("\n", lines);
    }
}
