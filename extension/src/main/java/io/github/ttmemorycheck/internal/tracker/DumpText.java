package io.github.ttmemorycheck.internal.tracker;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is allocated, as text for people: devices ascending, the totals of each, then its buffers in the order of their
 * allocation. Written line by line; holds no more than a reference to each buffer meanwhile.
 */
public record DumpText(Set<MemoryKind> kinds, int mostPerDevice) {

    /** Buffers per device that a log shows. */
    public static final int SHORT = 50;

    private static final int ADDRESS = 21;
    private static final int SIZE = ADDRESS + 20;
    private static final int REFERENCES = SIZE + 12;
    private static final int PROCESS = REFERENCES + 14;
    private static final int LEAST_DIGITS = 8;

    public static DumpText full() {
        return ofKinds(Set.of(MemoryKind.values()), Integer.MAX_VALUE);
    }

    /** Makes dumps of some kinds, of so many buffers a device at most. */
    public static DumpText ofKinds(Set<MemoryKind> kinds, int mostPerDevice) {
        return new DumpText(kinds, mostPerDevice);
    }

    /** Returns a snapshot as one text, for a log. */
    public String text(MemorySnapshot snapshot) {
        try {
            StringBuilder text = new StringBuilder();
            write(snapshot, text);
            return text.toString().stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringBuilder takes everything", e);
        }
    }

    /** Writes a snapshot, ending with a line's end. */
    public void write(MemorySnapshot snapshot, Appendable out) throws IOException {
        Map<Integer, List<DeviceBuffer>> devices = snapshot.buffers().stream()
                .filter(buffer -> kinds.contains(buffer.kind()))
                .collect(Collectors.groupingBy(DeviceBuffer::device, TreeMap::new, Collectors.toList()));
        int count = devices.values().stream().mapToInt(List::size).sum();
        String what = kinds.equals(Set.of(MemoryKind.KERNEL)) ? "Kernels" : "Device memory";
        if (count == 0) {
            out.append(what).append(" held: none\n");
            return;
        }
        out.append(what).append(" held: ").append(number(count, "buffer"));
        out.append(" on ").append(number(devices.size(), "device")).append('\n');
        for (Map.Entry<Integer, List<DeviceBuffer>> device : devices.entrySet()) {
            out.append("  device ").append(String.valueOf(device.getKey())).append(": ");
            out.append(sums(snapshot, device.getKey(), device.getValue())).append('\n');
            buffers(device.getValue(), snapshot.commands(), out);
        }
    }

    private static String sums(MemorySnapshot snapshot, int device, List<DeviceBuffer> buffers) {
        Map<MemoryKind, Integer> counts = new EnumMap<>(MemoryKind.class);
        buffers.forEach(buffer -> counts.merge(buffer.kind(), 1, Integer::sum));
        StringJoiner sums = new StringJoiner(", ");
        counts.forEach((kind, count) -> sums.add(
                kind + " " + ByteSize.format(snapshot.allocated(device, kind)) + " in " + number(count, "buffer")));
        return sums.toString();
    }

    private void buffers(List<DeviceBuffer> buffers, Map<Integer, String> commands, Appendable out) throws IOException {
        List<DeviceBuffer> shown = buffers.subList(0, Math.min(buffers.size(), mostPerDevice));
        Set<Integer> named = new HashSet<>();
        long lastSize = 0;
        String size = ByteSize.format(0);
        for (DeviceBuffer buffer : shown) {
            // Most buffers are as large as the one before, and putting that into words costs more than all the rest.
            size = buffer.size() == lastSize ? size : ByteSize.format(buffer.size());
            lastSize = buffer.size();
            // A command may be long, so it stands in the first line of its process only.
            int process = buffer.processId();
            String command = named.add(process) ? commands.getOrDefault(process, "") : "";
            out.append(line(buffer, size, ("pid " + process + " " + command).stripTrailing()));
        }
        if (shown.size() < buffers.size()) {
            out.append("    ... and ").append(String.valueOf(buffers.size() - shown.size()));
            out.append(" more\n");
        }
    }

    private static String line(DeviceBuffer buffer, String size, String process) {
        String address = Long.toHexString(buffer.address());
        StringBuilder line = new StringBuilder("    ").append(buffer.kind().name());
        padTo(ADDRESS, line).append("0x").append("0".repeat(Math.max(0, LEAST_DIGITS - address.length())));
        line.append(address);
        padTo(SIZE, line).append(size);
        padTo(REFERENCES, line).append("ref_count ").append(buffer.refCount());
        return padTo(PROCESS, line).append(process).append('\n').toString();
    }

    /** Pads to a column, and behind a longer text by the two spaces that part columns. */
    private static StringBuilder padTo(int column, StringBuilder line) {
        return line.append(" ".repeat(Math.max(2, column - line.length())));
    }

    private static String number(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
