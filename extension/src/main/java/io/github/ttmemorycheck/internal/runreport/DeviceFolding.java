package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.text.DeviceRange;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Writes figures per device and kind, equal devices folded into one: a mesh of 64 devices that all hold the same takes no
 * more room than one device.
 */
final class DeviceFolding {

    private record Figure(MemoryKind kind, long bytes) {}

    private DeviceFolding() {}

    /** Writes every figure that is not 0. */
    static void write(JsonWriter json, MemoryTotals totals) throws IOException {
        changes(json, MemoryTotals.NONE, totals);
    }

    /** Writes every figure that is another than before. */
    static void changes(JsonWriter json, MemoryTotals before, MemoryTotals now) throws IOException {
        Map<Figure, List<Integer>> folded = new LinkedHashMap<>();
        if (!before.equals(now)) {
            NavigableSet<Integer> devices = new TreeSet<>(before.devices());
            devices.addAll(now.devices());
            for (int device : devices) {
                for (MemoryKind kind : MemoryKind.values()) {
                    long bytes = now.of(device, kind);
                    if (bytes != before.of(device, kind)) {
                        folded.computeIfAbsent(new Figure(kind, bytes), unseen -> new ArrayList<>())
                                .add(device);
                    }
                }
            }
        }
        json.list(
                folded.entrySet(),
                false,
                (to, entry) -> to.object(figure -> {
                    devices(figure.name("devices"), entry.getValue());
                    figure.name("kind").value(entry.getKey().kind().name());
                    figure.name("bytes").value(entry.getKey().bytes());
                }));
    }

    /** Writes device numbers, ascending, as pairs of the first and the last of those that follow each other. */
    static void devices(JsonWriter json, List<Integer> devices) throws IOException {
        json.list(
                DeviceRange.of(devices),
                false,
                (to, range) -> to.array(pair -> pair.value(range.first()).value(range.last())));
    }
}
