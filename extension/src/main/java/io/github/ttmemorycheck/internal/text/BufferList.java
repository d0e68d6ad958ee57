package io.github.ttmemorycheck.internal.text;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Buffers below a heading, the oldest first, alike ones on several devices in one line, capped.
 *
 * @param buffers in the order of their allocation; at least one
 * @param processes how their owners are named
 * @param since what their age counts from; empty to leave age and order out
 */
public record BufferList(List<DeviceBuffer> buffers, ProcessNames processes, Optional<BufferList.Since> since) {

    private static final int ROWS = 12;
    private static final int PROCESSES = 5;
    private static final int COLUMNS_OF_DEVICES = 20;
    private static final int RUNS_OF_ORDERS = 2;
    private static final String INDENT = "    ";

    /** How much a line says, the most first. */
    private enum Detail {
        ALL,
        BRIEF_TIME,
        BRIEF_REFERENCES,
        NO_TIME
    }

    /**
     * The moment from which the age of buffers counts.
     *
     * @param subject what began then, for example {@code the test}
     * @param startedAtNanos when that was, on the clock of the buffers
     */
    public record Since(String subject, long startedAtNanos) {}

    /**
     * Writes the list.
     *
     * @param what what happened to the buffers, with a space before it; may be empty
     * @param right what stands at the right end of the heading; may be empty
     * @param remarks lines to be added below the buffers
     */
    public List<String> lines(String what, String right, List<String> remarks) {
        List<DeviceRow<DeviceBuffer>> rows = DeviceRow.fold(
                buffers,
                DeviceBuffer::device,
                buffer -> List.of(
                        buffer.kind(),
                        buffer.address(),
                        buffer.size(),
                        buffer.refCount(),
                        buffer.allocations(),
                        buffer.processId(),
                        buffer.ofSystem()));
        List<DeviceRow<DeviceBuffer>> shown = rows.subList(0, Math.min(ROWS, rows.size()));
        NavigableSet<Integer> owners = new TreeSet<>();
        shown.forEach(row -> owners.add(row.first().processId()));

        List<String> lines = new ArrayList<>(heading(what, owners, right));
        lines.addAll(columns(shown, owners.size() > 1));
        lines.addAll(rest(rows.subList(shown.size(), rows.size())));
        remarks.forEach(remark -> lines.add(INDENT + remark));
        if (owners.size() > 1) {
            lines.addAll(commands(owners));
        }
        return lines;
    }

    /** Says how many buffers there are and how large: {@code 2 buffers, 8 MiB}. */
    public static String amount(List<DeviceBuffer> buffers, String what) {
        return Wording.count(buffers.size(), "buffer") + what + ", " + ByteSize.format(total(buffers));
    }

    private static long total(List<DeviceBuffer> buffers) {
        return ByteSize.sum(buffers.stream().mapToLong(DeviceBuffer::size));
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

    private static List<String> rest(List<DeviceRow<DeviceBuffer>> hidden) {
        if (hidden.isEmpty()) {
            return List.of();
        }
        List<DeviceBuffer> more =
                hidden.stream().flatMap(row -> row.items().stream()).toList();
        return List.of(INDENT + "... and " + Wording.number(more.size()) + " more, " + ByteSize.format(total(more)));
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

    /** Says as much of each buffer as fits into the lines of a message. */
    private List<String> columns(List<DeviceRow<DeviceBuffer>> rows, boolean withOwner) {
        List<TextTable> tables = Stream.of(Detail.values())
                .map(detail -> table(rows, withOwner, detail))
                .toList();
        return tables.stream()
                .filter(TextTable::fits)
                .findFirst()
                .orElseGet(() -> tables.get(tables.size() - 1))
                .lines();
    }

    private TextTable table(List<DeviceRow<DeviceBuffer>> rows, boolean withOwner, Detail detail) {
        SizeCells sizes =
                new SizeCells(rows.stream().mapToLong(row -> row.first().size()));
        TextTable table = new TextTable(INDENT, "llrrrrll");
        for (DeviceRow<DeviceBuffer> row : rows) {
            DeviceBuffer first = row.first();
            table.add(
                    DeviceRanges.named(row.devices(), COLUMNS_OF_DEVICES),
                    first.kind().name(),
                    address(first),
                    sizes.text(first.size()),
                    since.map(start -> when(first, start, detail)).orElse(""),
                    since.map(start -> order(row)).orElse(""),
                    withOwner ? "pid " + first.processId() : "",
                    references(first, detail.compareTo(Detail.BRIEF_REFERENCES) >= 0));
        }
        return table;
    }

    /** The address; for a kernel, which has none, its program's number, and whether the program is the system's. */
    private static String address(DeviceBuffer buffer) {
        return buffer.kind() == MemoryKind.KERNEL
                ? (buffer.ofSystem() ? "system " : "") + "program " + Long.toUnsignedString(buffer.address())
                : String.format(Locale.ROOT, "0x%08x", buffer.address());
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

    /**
     * The places among all allocations: {@code #17}, {@code #17-24} where no other lies between, {@code #1, #5}, and of
     * many the first and the last: {@code #17, ..., #31}. What only a device told is counted apart: {@code #d3}.
     */
    private static String order(DeviceRow<DeviceBuffer> row) {
        List<Long> orders =
                row.items().stream().map(DeviceBuffer::order).sorted().toList();
        List<String> runs = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= orders.size(); i++) {
            if (i == orders.size() || orders.get(i) != orders.get(i - 1) + 1) {
                runs.add(BufferNumber.text(orders.get(first), orders.get(i - 1)));
                first = i;
            }
        }
        return runs.size() <= RUNS_OF_ORDERS
                ? String.join(", ", runs)
                : runs.get(0) + ", ..., " + runs.get(runs.size() - 1);
    }

    /** How often the buffer is referred to, and why, unless it was simply allocated once. */
    private static String references(DeviceBuffer buffer, boolean brief) {
        long references = buffer.refCount();
        long allocations = buffer.allocations();
        if (allocations == 1) {
            return "";
        }
        long frees = allocations - references;
        return "ref_count " + references
                + (brief
                        ? " (+" + allocations + " -" + frees + ")"
                        : " (allocated " + allocations + ", freed " + frees + ")");
    }
}
