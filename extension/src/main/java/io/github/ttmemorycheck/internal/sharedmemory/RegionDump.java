package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the regions held as text for people: a table of processes for each device. Below its total stands what ended
 * ones left.
 */
final class RegionDump {

    private final RegionSnapshot snapshot;
    private final Path directory;

    RegionDump(RegionSnapshot snapshot, Path directory) {
        this.snapshot = snapshot;
        this.directory = directory;
    }

    /** Writes it, ending with a line's end. */
    void write(Appendable out) throws IOException {
        out.append("Device memory held, as the regions in ")
                .append(directory.toString())
                .append(" say: ");
        out.append(number(snapshot.living().size(), "process", "processes")).append(" on ");
        out.append(number(snapshot.chips().size(), "device", "devices")).append('\n');
        for (Map.Entry<Integer, List<String>> device : snapshot.chips().entrySet()) {
            write(device.getKey(), device.getValue(), out);
        }
    }

    private void write(int device, List<String> chips, Appendable out) throws IOException {
        out.append("  device ").append(String.valueOf(device)).append(chips.size() == 1 ? ", chip " : ", chips ");
        out.append(String.join(", ", chips)).append('\n');
        List<List<String>> rows = new ArrayList<>();
        snapshot.living().forEach((process, held) -> addRow(rows, device, process, held, ""));
        if (rows.isEmpty()) {
            out.append("    nothing is held\n");
        } else {
            rows.add(row("total", device, snapshot.totals(), ""));
        }
        snapshot.ended().forEach((process, held) -> addRow(rows, device, process, held, "ended, not counted: "));
        if (!rows.isEmpty()) {
            List<String> head = new ArrayList<>(List.of("process"));
            RegionLayout.KINDS.forEach(kind -> head.add(kind.name()));
            head.add("command");
            rows.add(0, head);
        }
        for (List<String> row : rows) {
            out.append(line(row, rows)).append('\n');
        }
    }

    private static void addRow(
            List<List<String>> rows, int device, KnownProcess process, MemoryTotals held, String remark) {
        if (held.devices().contains(device)) {
            rows.add(row(Integer.toString(process.processId()), device, held, remark + process.command()));
        }
    }

    private static List<String> row(String name, int device, MemoryTotals held, String command) {
        List<String> row = new ArrayList<>(List.of(name));
        for (MemoryKind kind : RegionLayout.KINDS) {
            long bytes = held.of(device, kind);
            row.add(bytes == 0 ? "-" : ByteSize.format(bytes));
        }
        row.add(command);
        return row;
    }

    private static String line(List<String> row, List<List<String>> rows) {
        StringBuilder line = new StringBuilder("  ");
        int last = row.size() - 1;
        for (int column = 0; column < last; column++) {
            int at = column;
            int width = rows.stream()
                    .mapToInt(other -> other.get(at).length())
                    .max()
                    .orElse(0);
            String cell = row.get(column);
            line.append("  ").append(" ".repeat(width - cell.length())).append(cell);
        }
        return line.append("  ").append(row.get(last)).toString().stripTrailing();
    }

    private static String number(int count, String one, String more) {
        return count + " " + (count == 1 ? one : more);
    }
}
