package io.github.ttmemorycheck.internal.tracker;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What is allocated, as text for people: devices ascending, the totals of each, then its buffers in the order of their
 * allocation. Written line by line; holds no more than a reference to each buffer meanwhile.
 */
public final class DumpText {

    /** Buffers per device that a log shows. */
    public static final int SHORT = 50;

    private final Set<MemoryKind> kinds;
    private final int mostPerDevice;

    private DumpText(Set<MemoryKind> kinds, int mostPerDevice) {
        this.kinds = kinds;
        this.mostPerDevice = mostPerDevice;
    }

    /** Makes dumps that leave nothing out. */
    public static DumpText full() {
        return ofKinds(Set.of(MemoryKind.values()), Integer.MAX_VALUE);
    }

    /** Makes dumps of some kinds, of so many buffers a device at most. */
    public static DumpText ofKinds(Set<MemoryKind> kinds, int mostPerDevice) {
        return new DumpText(kinds, mostPerDevice);
    }

    /** Writes a snapshot, ending with a line's end. */
    public void write(MemorySnapshot snapshot, Appendable out) throws IOException {
        Map<Integer, List<DeviceBuffer>> devices = new TreeMap<>();
        int count = 0;
        for (DeviceBuffer buffer : snapshot.buffers()) {
            if (kinds.contains(buffer.kind())) {
                devices.computeIfAbsent(buffer.device(), none -> new ArrayList<>())
                        .add(buffer);
                count++;
            }
        }
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
        DumpLine line = new DumpLine(commands);
        for (DeviceBuffer buffer : shown) {
            line.write(buffer, out);
        }
        if (shown.size() < buffers.size()) {
            out.append("    ... and ").append(String.valueOf(buffers.size() - shown.size()));
            out.append(" more\n");
        }
    }

    private static String number(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
