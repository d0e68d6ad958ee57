package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Bytes per device and kind, kept exact while they change. A device is known from its first allocation on. */
final class DeviceTotals {

    private static final MemoryKind[] KINDS = MemoryKind.values();

    private final Map<Integer, UnsignedTotal[]> rows = new TreeMap<>();
    private @Nullable MemoryTotals copy = MemoryTotals.NONE;

    /** Returns one figure for a change; a new device becomes known. */
    UnsignedTotal change(int device, MemoryKind kind) {
        copy = null;
        return rows.computeIfAbsent(device, unknown -> row())[kind.ordinal()];
    }

    /** Returns a figure as an unsigned number, at most 2^64 - 1; 0 for a device that is not known. */
    long shown(int device, MemoryKind first, MemoryKind... more) {
        UnsignedTotal[] row = rows.get(device);
        if (row == null) {
            return 0;
        }
        UnsignedTotal sum = new UnsignedTotal();
        sum.add(row[first.ordinal()]);
        for (MemoryKind kind : more) {
            sum.add(row[kind.ordinal()]);
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
            rows.forEach((device, row) -> {
                for (MemoryKind kind : KINDS) {
                    builder.add(device, kind, row[kind.ordinal()].shown());
                }
            });
            known = builder.build();
            copy = known;
        }
        return known;
    }

    private static UnsignedTotal[] row() {
        UnsignedTotal[] row = new UnsignedTotal[KINDS.length];
        for (int kind = 0; kind < row.length; kind++) {
            row[kind] = new UnsignedTotal();
        }
        return row;
    }
}
