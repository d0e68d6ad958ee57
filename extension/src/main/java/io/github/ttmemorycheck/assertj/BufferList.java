package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Writes the buffers of some memory below the first line of a message: a heading, and a line for each of the oldest. */
final class BufferList {

    private static final int AT_MOST = 10;

    /** Columns of a terminal that a message must fit in. */
    private static final int WIDTH = 100;

    private BufferList() {}

    /** Returns lines that each begin with a line break; none when there is no memory to speak of. */
    static String of(Memory memory) {
        if (memory.isNone()) {
            return "";
        }
        if (!memory.buffersKnown()) {
            return "\n  the tracker knows totals only, so the buffers cannot be listed";
        }
        List<DeviceBuffer> all = memory.buffers();
        List<DeviceBuffer> shown = all.subList(0, Math.min(AT_MOST, all.size()));
        int devices = width(shown, BufferList::device);
        int kinds = width(shown, BufferList::kind);
        int places = width(shown, BufferList::place);
        int sizes = width(shown, BufferList::size);

        StringBuilder text = new StringBuilder("\n  ")
                .append(Figures.counted(all.size(), "buffer"))
                .append(' ')
                .append(memory.what())
                .append(", ")
                .append(Figures.amount(bytes(all)))
                .append(all.size() == 1 ? "" : ", oldest first");
        for (DeviceBuffer buffer : shown) {
            String line = "    " + padded(device(buffer), devices)
                    + "  " + padded(kind(buffer), kinds)
                    + "  " + padded(place(buffer), places)
                    + "  " + " ".repeat(sizes - size(buffer).length()) + size(buffer)
                    + "  ref_count " + buffer.refCount()
                    + "  " + process(buffer.processId(), memory.commands());
            text.append('\n').append(line.length() > WIDTH ? line.substring(0, WIDTH - 3) + "..." : line);
        }
        if (all.size() > shown.size()) {
            text.append("\n    ... and ").append(all.size() - shown.size()).append(" more");
        }
        return text.toString();
    }

    /** Sums up without overflow. */
    private static long bytes(List<DeviceBuffer> buffers) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        buffers.forEach(buffer -> totals.add(0, MemoryKind.DRAM, buffer.size()));
        return totals.build().of(MemoryKind.DRAM);
    }

    private static String device(DeviceBuffer buffer) {
        return "device " + buffer.device();
    }

    private static String kind(DeviceBuffer buffer) {
        return buffer.kind().name();
    }

    private static String size(DeviceBuffer buffer) {
        return ByteSize.format(buffer.size());
    }

    private static String place(DeviceBuffer buffer) {
        return buffer.kind() == MemoryKind.KERNEL
                ? "program " + Long.toUnsignedString(buffer.address())
                : String.format(Locale.ROOT, "0x%08x", buffer.address());
    }

    /** Commands come from other processes: a line break in one must not break the list. */
    private static String process(int processId, Map<Integer, String> commands) {
        String command = commands.getOrDefault(processId, "");
        return ("pid " + processId + " " + command.replaceAll("\\p{Cntrl}", " ")).strip();
    }

    private static int width(List<DeviceBuffer> buffers, Function<DeviceBuffer, String> cell) {
        return buffers.stream()
                .mapToInt(buffer -> cell.apply(buffer).length())
                .max()
                .orElse(0);
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }
}
