package io.github.ttmemorycheck.report;

import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.internal.text.DeviceRanges;
import io.github.ttmemorycheck.internal.text.TextTable;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.leak.Finding;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** The buffers that make up a leak, the oldest first. Those of memory that passes are only counted. */
final class BufferList {

    private static final int ROWS = 12;
    private static final int PROCESSES = 5;
    private static final int COLUMNS_OF_DEVICES = 20;
    private static final String INDENT = "    ";

    private record Place(int device, MemoryKind kind) {}

    private final LeakReport report;
    private final ProcessNames processes;
    private final List<DeviceBuffer> failing = new ArrayList<>();
    private final List<DeviceBuffer> passing = new ArrayList<>();

    BufferList(LeakReport report, long ownProcessId) {
        this.report = report;
        this.processes = new ProcessNames(report.commands(), ownProcessId);
        Set<Place> leaked = new HashSet<>();
        report.findings().stream()
                .filter(finding -> finding.verdict().fails())
                .map(finding -> new Place(finding.device(), finding.kind()))
                .forEach(leaked::add);
        for (DeviceBuffer buffer : report.buffers()) {
            boolean fails = leaked.contains(new Place(buffer.device(), buffer.kind()));
            (fails || !report.fails() ? failing : passing).add(buffer);
        }
    }

    /** The lines; none when nothing was left. */
    List<String> lines() {
        boolean left = report.findings().stream().anyMatch(BufferList::isLeft);
        if (!left && report.buffers().isEmpty()) {
            return List.of();
        }
        if (failing.isEmpty()) {
            return Wrapping.hanging(
                    Wrapping.INDENT + "buffers: ",
                    "not known, since the tracker knows totals only; tt.memory.check.tracker=embedded knows each of them");
        }
        List<BufferRow> rows = BufferRow.fold(failing);
        List<BufferRow> shown = rows.subList(0, Math.min(ROWS, rows.size()));
        NavigableSet<Integer> owners = new TreeSet<>();
        shown.forEach(row -> owners.add(row.first().processId()));

        List<String> lines = new ArrayList<>();
        lines.add(title(owners));
        lines.addAll(table(shown, owners.size() > 1));
        lines.addAll(rest(rows.subList(shown.size(), rows.size())));
        if (owners.size() > 1) {
            lines.addAll(commands(owners));
        }
        return lines;
    }

    private static boolean isLeft(Finding finding) {
        return finding.left() > 0;
    }

    private String title(NavigableSet<Integer> owners) {
        String title = Wrapping.INDENT + amount(failing) + (failing.size() > 1 ? ", oldest first" : "");
        if (owners.size() > 1) {
            return title;
        }
        title += failing.size() > 1 ? ", all of " : ", of ";
        return title + processes.name(owners.first(), Wrapping.COLUMNS - title.length());
    }

    /** Says less about the time, then about the references, where the lines would be too wide otherwise. */
    private List<String> table(List<BufferRow> rows, boolean withOwner) {
        TextTable full = table(rows, withOwner, false, false);
        if (full.fits()) {
            return full.lines();
        }
        TextTable shorter = table(rows, withOwner, true, false);
        return (shorter.fits() ? shorter : table(rows, withOwner, true, true)).lines();
    }

    private TextTable table(List<BufferRow> rows, boolean withOwner, boolean briefTime, boolean briefReferences) {
        TextTable table = new TextTable(INDENT, "llrrrrll");
        for (BufferRow row : rows) {
            DeviceBuffer first = row.first();
            table.add(
                    DeviceRanges.named(row.devices(), COLUMNS_OF_DEVICES),
                    first.kind().name(),
                    row.address(),
                    ByteSize.format(first.size()),
                    when(first, briefTime),
                    row.order(),
                    withOwner ? "pid " + first.processId() : "",
                    row.references(briefReferences));
        }
        return table;
    }

    private List<String> rest(List<BufferRow> hidden) {
        List<String> lines = new ArrayList<>();
        if (!hidden.isEmpty()) {
            long count = hidden.stream().mapToLong(BufferRow::count).sum();
            long bytes = Amount.sum(hidden.stream().map(BufferRow::total).toList());
            lines.add(INDENT + "... and " + Wording.number(count) + " more, " + ByteSize.format(bytes));
        }
        if (!passing.isEmpty()) {
            lines.add(INDENT + "not listed, since within the baseline: " + amount(passing));
        }
        return lines;
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

    private String when(DeviceBuffer buffer, boolean brief) {
        String subject = report.subject().wholeClass() ? "the class" : "the test";
        long nanos = buffer.seenAtNanos() - report.subject().startedAtNanos();
        if (nanos < 0) {
            return "before " + subject;
        }
        return brief ? "at " + Wording.time(nanos) : Wording.time(nanos) + " into " + subject;
    }

    private static String amount(List<DeviceBuffer> buffers) {
        long bytes = Amount.sum(buffers.stream().map(DeviceBuffer::size).toList());
        return Wording.count(buffers.size(), "buffer") + ", " + ByteSize.format(bytes);
    }
}
