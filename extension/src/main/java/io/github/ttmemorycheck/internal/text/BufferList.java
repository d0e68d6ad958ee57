package io.github.ttmemorycheck.internal.text;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Buffers below a heading, the oldest first, alike ones on several devices in one line, capped. */
public final class BufferList {

    private static final int ROWS = 12;
    private static final int PROCESSES = 5;
    private static final int COLUMNS_OF_DEVICES = 20;
    private static final String INDENT = "    ";

    /**
     * What the age of buffers is told from.
     *
     * @param subject what began then, for example {@code the test}
     * @param startedAtNanos when that was, on the clock of the buffers
     */
    public record Since(String subject, long startedAtNanos) {}

    private final List<DeviceBuffer> buffers;
    private final ProcessNames processes;
    private final Optional<Since> since;

    /**
     * Makes a list.
     *
     * @param buffers in the order of their allocation; at least one
     * @param processes how their owners are named
     * @param since what their age is told from; empty to leave age and order out
     */
    public BufferList(List<DeviceBuffer> buffers, ProcessNames processes, Optional<Since> since) {
        this.buffers = buffers;
        this.processes = processes;
        this.since = since;
    }

    /**
     * Writes the list.
     *
     * @param what what became of the buffers, with a space before it; may be empty
     * @param right what stands at the right end of the heading; may be empty
     * @param remarks lines to be added below the buffers
     */
    public List<String> lines(String what, String right, List<String> remarks) {
        List<BufferRow> rows = BufferRow.fold(buffers);
        List<BufferRow> shown = rows.subList(0, Math.min(ROWS, rows.size()));
        NavigableSet<Integer> owners = new TreeSet<>();
        shown.forEach(row -> owners.add(row.first().processId()));

        List<String> lines = new ArrayList<>();
        lines.addAll(heading(what, owners, right));
        lines.addAll(table(shown, owners.size() > 1));
        lines.addAll(rest(rows.subList(shown.size(), rows.size())));
        remarks.forEach(remark -> lines.add(INDENT + remark));
        if (owners.size() > 1) {
            lines.addAll(commands(owners));
        }
        return lines;
    }

    /** Says how many buffers there are and how large: {@code 2 buffers, 8 MiB}. */
    public static String amount(List<DeviceBuffer> buffers, String what) {
        long bytes = Amount.sum(buffers.stream().map(DeviceBuffer::size).toList());
        return Wording.count(buffers.size(), "buffer") + what + ", " + ByteSize.format(bytes);
    }

    private List<String> heading(String what, NavigableSet<Integer> owners, String right) {
        String heading = Wrapping.INDENT + amount(buffers, what) + (buffers.size() > 1 ? ", oldest first" : "");
        if (owners.size() != 1) {
            return List.of(Wrapping.withRight(heading, right));
        }
        String of = buffers.size() > 1 ? "all of " : "of ";
        String inNextLine =
                INDENT + of + processes.name(owners.first(), Wrapping.COLUMNS - INDENT.length() - of.length());
        int room = Wrapping.COLUMNS - heading.length() - 2 - of.length() - (right.isEmpty() ? 0 : right.length() + 2);
        String inHeading = of + processes.name(owners.first(), room);
        // A command that would have to be cut says more in a line of its own.
        return inHeading.length() < inNextLine.length() - INDENT.length()
                ? List.of(Wrapping.withRight(heading, right), inNextLine)
                : List.of(Wrapping.withRight(heading + ", " + inHeading, right));
    }

    /** How much a line says, the most first. */
    private enum Detail {
        ALL,
        BRIEF_TIME,
        BRIEF_REFERENCES,
        NO_TIME
    }

    /** Says as much as lines of a terminal take. */
    private List<String> table(List<BufferRow> rows, boolean withOwner) {
        TextTable table = table(rows, withOwner, Detail.ALL);
        for (Detail detail : Detail.values()) {
            table = table(rows, withOwner, detail);
            if (table.fits()) {
                break;
            }
        }
        return table.lines();
    }

    private TextTable table(List<BufferRow> rows, boolean withOwner, Detail detail) {
        List<String> sizes = SizeColumns.of(
                        List.of(rows.stream().map(row -> row.first().size()).toList()), "0 B")
                .get(0);
        TextTable table = new TextTable(INDENT, "llrrrrll");
        for (int i = 0; i < rows.size(); i++) {
            BufferRow row = rows.get(i);
            DeviceBuffer first = row.first();
            table.add(
                    DeviceRanges.named(row.devices(), COLUMNS_OF_DEVICES),
                    first.kind().name(),
                    row.address(),
                    sizes.get(i),
                    since.map(start -> when(first, start, detail)).orElse(""),
                    since.map(start -> row.order()).orElse(""),
                    withOwner ? "pid " + first.processId() : "",
                    row.references(detail.compareTo(Detail.BRIEF_REFERENCES) >= 0));
        }
        return table;
    }

    private static List<String> rest(List<BufferRow> hidden) {
        if (hidden.isEmpty()) {
            return List.of();
        }
        long count = hidden.stream().mapToLong(BufferRow::count).sum();
        long bytes = Amount.sum(hidden.stream().map(BufferRow::total).toList());
        return List.of(INDENT + "... and " + Wording.number(count) + " more, " + ByteSize.format(bytes));
    }

    private List<String> commands(NavigableSet<Integer> owners) {
        List<String> names = owners.stream()
                .map(owner -> processes.name(owner, Wrapping.COLUMNS - INDENT.length()))
                .filter(name -> name.indexOf(' ', "pid ".length()) > 0)
                .map(name -> INDENT + name)
                .toList();
        List<String> lines = new ArrayList<>(names.subList(0, Math.min(PROCESSES, names.size())));
        if (names.size() > PROCESSES) {
            lines.add(INDENT + "... and " + Wording.count(names.size() - PROCESSES, "more process"));
        }
        return lines;
    }

    private static String when(DeviceBuffer buffer, Since start, Detail detail) {
        if (detail == Detail.NO_TIME) {
            return "";
        }
        long nanos = buffer.seenAtNanos() - start.startedAtNanos();
        if (nanos < 0) {
            return "before " + start.subject();
        }
        return detail == Detail.ALL ? Wording.time(nanos) + " into " + start.subject() : "at " + Wording.time(nanos);
    }
}
