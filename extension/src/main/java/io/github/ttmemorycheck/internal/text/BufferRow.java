package io.github.ttmemorycheck.internal.text;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Buffers that are alike but for their device, as a mesh allocates them.
 *
 * @param buffers in the order of their allocation; at least one
 */
record BufferRow(List<DeviceBuffer> buffers) {

    private record Likeness(MemoryKind kind, long address, long size, long refCount, long allocations, int processId) {

        Likeness(DeviceBuffer buffer) {
            this(
                    buffer.kind(),
                    buffer.address(),
                    buffer.size(),
                    buffer.refCount(),
                    buffer.allocations(),
                    buffer.processId());
        }
    }

    /** Puts buffers that are alike into one row each, in the order of the first of each. */
    static List<BufferRow> fold(List<DeviceBuffer> buffers) {
        Map<Likeness, List<DeviceBuffer>> rows = new LinkedHashMap<>();
        buffers.forEach(buffer -> rows.computeIfAbsent(new Likeness(buffer), unknown -> new ArrayList<>())
                .add(buffer));
        return rows.values().stream().map(BufferRow::new).toList();
    }

    DeviceBuffer first() {
        return buffers.get(0);
    }

    NavigableSet<Integer> devices() {
        NavigableSet<Integer> devices = new TreeSet<>();
        buffers.forEach(buffer -> devices.add(buffer.device()));
        return devices;
    }

    long count() {
        return buffers.size();
    }

    long total() {
        return Amount.sum(buffers.stream().map(DeviceBuffer::size).toList());
    }

    /** The address; for a kernel, which has none, its program's number. */
    String address() {
        return first().kind() == MemoryKind.KERNEL
                ? "program " + Long.toUnsignedString(first().address())
                : String.format(Locale.ROOT, "0x%08x", first().address());
    }

    /** The places of the first and the last among all allocations: {@code #17}, {@code #17-24}. */
    String order() {
        long last = buffers.get(buffers.size() - 1).order();
        return "#" + first().order() + (last == first().order() ? "" : "-" + last);
    }

    /** How often it is referred to, and why, unless it was simply allocated once. */
    String references(boolean brief) {
        long references = first().refCount();
        long allocations = first().allocations();
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
