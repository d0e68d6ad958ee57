package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Bytes per device and kind, kept exact while they change. A device is known from its first allocation on. */
final class DeviceTotals {

    private final Map<Integer, Map<MemoryKind, UnsignedTotal>> rows = new TreeMap<>();
    private @Nullable MemoryTotals copy = MemoryTotals.NONE;

    /** Returns one figure for a change; a new device becomes known. */
    UnsignedTotal change(int device, MemoryKind kind) {
        copy = null;
        return rows.computeIfAbsent(device, unknown -> new EnumMap<>(MemoryKind.class))
                .computeIfAbsent(kind, unknown -> new UnsignedTotal());
    }

    /** Returns the sum of some figures as an unsigned number, at most 2^64 - 1; 0 for a device that is not known. */
    long shown(int device, MemoryKind... kinds) {
        Map<MemoryKind, UnsignedTotal> row = rows.getOrDefault(device, Map.of());
        UnsignedTotal sum = new UnsignedTotal();
        for (MemoryKind kind : kinds) {
            UnsignedTotal figure = row.get(kind);
            if (figure != null) {
                sum.add(figure);
            }
        }
        return sum.shown();
    }

    boolean knows(int device) {
        return rows.containsKey(device);
    }

    int devices() {
        return rows.size();
    }

    MemoryTotals copy() {
        MemoryTotals known = copy;
        if (known == null) {
            MemoryTotals.Builder builder = MemoryTotals.builder();
            rows.forEach((device, row) -> row.forEach((kind, figure) -> builder.add(device, kind, figure.shown())));
            known = builder.build();
            copy = known;
        }
        return known;
    }
}
