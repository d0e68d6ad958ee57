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
    private static final String INDENT = "    ";

    /**
     * The moment from which the age of buffers counts.
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
     * @param since what their age counts from; empty to leave age and order out
     */
    public BufferList(List<DeviceBuffer> buffers, ProcessNames processes, Optional<Since> since) {
        this.buffers = buffers;
        this.processes = processes;
        this.since = since;
    }

    /**
     * Writes the list.
     *
     * @param what what happened to the buffers, with a space before it; may be empty
     * @param right what stands at the right end of the heading; may be empty
     * @param remarks lines to be added below the buffers
     */
    public List<String> lines(String what, String right, List<String> remarks) {
        List<DeviceRow<DeviceBuffer>> rows = BufferColumns.fold(buffers);
        List<DeviceRow<DeviceBuffer>> shown = rows.subList(0, Math.min(ROWS, rows.size()));
        NavigableSet<Integer> owners = new TreeSet<>();
        shown.forEach(row -> owners.add(row.first().processId()));

        List<String> lines = new ArrayList<>();
        lines.addAll(heading(what, owners, right));
        lines.addAll(new BufferColumns(shown, owners.size() > 1, since).lines(INDENT));
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
}
