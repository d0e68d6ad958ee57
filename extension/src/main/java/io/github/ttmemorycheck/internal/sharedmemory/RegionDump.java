package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.sharedmemory.KnownProcesses.KnownProcess;
import io.github.ttmemorycheck.internal.text.TextTable;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the regions held as text for people: a table of processes for each device. Below its total stands what ended
 * ones left.
 */
record RegionDump(RegionSnapshot snapshot, Path directory) {

    /** Writes it, ending with a line's end. */
    void write(Appendable out) throws IOException {
        out.append("Device memory held, as the regions in " + directory + " say: ");
        out.append(Wording.count(snapshot.living().size(), "process")).append(" on ");
        out.append(Wording.count(snapshot.chips().size(), "device")).append('\n');
        for (Map.Entry<Integer, List<String>> device : snapshot.chips().entrySet()) {
            List<String> chips = device.getValue();
            out.append("  device " + device.getKey() + (chips.size() == 1 ? ", chip " : ", chips "));
            out.append(String.join(", ", chips)).append('\n');
            for (String line : table(device.getKey())) {
                out.append(line).append('\n');
            }
        }
    }

    private List<String> table(int device) {
        TextTable table = new TextTable("    ", "r".repeat(1 + RegionLayout.KINDS.size()) + "l");
        add(table, "process", RegionLayout.KINDS.stream().map(Enum::name), "command");
        addProcesses(table, device, snapshot.living(), "");
        boolean held = snapshot.living().values().stream()
                .anyMatch(totals -> totals.devices().contains(device));
        if (held) {
            add(table, "total", figures(device, snapshot.totals()), "");
        }
        addProcesses(table, device, snapshot.ended(), "ended, not counted: ");
        List<String> lines = new ArrayList<>(held ? List.of() : List.of("    nothing is held"));
        lines.addAll(table.lines().size() == 1 ? List.of() : table.lines());
        return lines;
    }

    private static void addProcesses(
            TextTable table, int device, Map<KnownProcess, MemoryTotals> processes, String remark) {
        processes.forEach((process, held) -> {
            if (held.devices().contains(device)) {
                String command = remark + process.command();
                add(table, Integer.toString(process.processId()), figures(device, held), command);
            }
        });
    }

    private static Stream<String> figures(int device, MemoryTotals held) {
        return RegionLayout.KINDS.stream()
                .map(kind -> held.of(device, kind))
                .map(bytes -> bytes == 0 ? "-" : ByteSize.format(bytes));
    }

    private static void add(TextTable table, String name, Stream<String> figures, String command) {
        table.add(Stream.of(Stream.of(name), figures, Stream.of(command))
                .flatMap(cells -> cells)
                .toArray(String[]::new));
    }
}
