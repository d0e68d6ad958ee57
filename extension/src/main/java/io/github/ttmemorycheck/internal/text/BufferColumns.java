package io.github.ttmemorycheck.internal.text;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Buffers in lines, those that a mesh allocates alike on several devices in one.
 *
 * @param rows buffers that are alike but for their device, each in the order of their allocation
 * @param withOwner whether each line names the process
 * @param since what their age counts from; empty to leave age and order out
 */
record BufferColumns(List<DeviceRow<DeviceBuffer>> rows, boolean withOwner, Optional<BufferList.Since> since) {

    private static final int COLUMNS_OF_DEVICES = 20;

    /** How much a line says, the most first. */
    private enum Detail {
        ALL,
        BRIEF_TIME,
        BRIEF_REFERENCES,
        NO_TIME
    }

    static List<DeviceRow<DeviceBuffer>> fold(List<DeviceBuffer> buffers) {
        return DeviceRow.fold(
                buffers,
                DeviceBuffer::device,
                buffer -> List.of(
                        buffer.kind(),
                        buffer.address(),
                        buffer.size(),
                        buffer.refCount(),
                        buffer.allocations(),
                        buffer.processId()));
    }

    /** Says as much as fits into the lines of a message. */
    List<String> lines(String indent) {
        List<TextTable> tables =
                Stream.of(Detail.values()).map(detail -> table(indent, detail)).toList();
        return tables.stream()
                .filter(TextTable::fits)
                .findFirst()
                .orElseGet(() -> tables.get(tables.size() - 1))
                .lines();
    }

    private TextTable table(String indent, Detail detail) {
        SizeCells sizes =
                new SizeCells(rows.stream().mapToLong(row -> row.first().size()));
        TextTable table = new TextTable(indent, "llrrrrll");
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

    /** The address; for a kernel, which has none, its program's number. */
    private static String address(DeviceBuffer buffer) {
        return buffer.kind() == MemoryKind.KERNEL
                ? "program " + Long.toUnsignedString(buffer.address())
                : String.format(Locale.ROOT, "0x%08x", buffer.address());
    }

    private static String when(DeviceBuffer buffer, BufferList.Since start, Detail detail) {
        if (detail == Detail.NO_TIME) {
            return "";
        }
        long nanos = buffer.seenAtNanos() - start.startedAtNanos();
        if (nanos < 0) {
            return "before " + start.subject();
        }
        return detail == Detail.ALL ? Wording.time(nanos) + " into " + start.subject() : "at " + Wording.time(nanos);
    }

    /** The places of the first and the last among all allocations: {@code #17}, {@code #17-24}. */
    private static String order(DeviceRow<DeviceBuffer> row) {
        long first = row.first().order();
        long last = row.items().get(row.items().size() - 1).order();
        return "#" + first + (last == first ? "" : "-" + last);
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
