package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.NumberSpace;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Bytes per device and kind, kept exact while they change. A device is known from its first allocation on. */
final class DeviceTotals {

    private final TreeMap<Integer, Map<MemoryKind, Figure>> rows = new TreeMap<>();
    private @Nullable MemoryTotals copy = MemoryTotals.NONE;
    private @Nullable Figure lastAsked;

    /**
     * One kind of memory on one device. Whatever is allocated of it refers to it, so that a free has nothing to look
     * up, and an entry one reference instead of both.
     */
    record Figure(int device, MemoryKind kind, NumberSpace space, UnsignedTotal bytes) {}

    void add(Figure figure, long unsigned) {
        copy = null;
        figure.bytes.add(unsigned);
    }

    void subtract(Figure figure, long unsigned) {
        copy = null;
        figure.bytes.subtract(unsigned);
    }

    /** Takes away all that an entry still has. */
    void subtract(BufferEntry entry) {
        copy = null;
        entry.subtractFrom(entry.figure().bytes);
    }

    /** Returns one figure; a new device becomes known. */
    Figure figure(int device, MemoryKind kind) {
        Figure figure = lastAsked;
        if (figure == null || figure.device != device || figure.kind != kind) {
            figure = rows.computeIfAbsent(device, unknown -> new EnumMap<>(MemoryKind.class))
                    .computeIfAbsent(
                            kind, unknown -> new Figure(device, kind, NumberSpace.of(kind), new UnsignedTotal()));
            lastAsked = figure;
        }
        return figure;
    }

    /** Returns the sum of some figures as an unsigned number, at most 2^64 - 1; 0 for a device that is not known. */
    long shown(int device, MemoryKind... kinds) {
        Map<MemoryKind, Figure> row = rows.getOrDefault(device, Map.of());
        UnsignedTotal sum = new UnsignedTotal();
        for (MemoryKind kind : kinds) {
            Figure figure = row.get(kind);
            if (figure != null) {
                sum.add(figure.bytes);
            }
        }
        return sum.shown();
    }

    boolean knows(int device) {
        return rows.containsKey(device);
    }

    /** Returns whether something holds for any of the first devices. */
    boolean anyDevice(int most, IntPredicate wanted) {
        return rows.keySet().stream().limit(most).anyMatch(wanted::test);
    }

    /** Returns the highest number of a device that was seen; -1 when there is none. */
    int highestDevice() {
        return Math.max(-1, Math.min(Integer.MAX_VALUE - 1, rows.isEmpty() ? -1 : rows.lastKey()));
    }

    int devices() {
        return rows.size();
    }

    void write(DataOutput out) throws IOException {
        List<Figure> figures =
                rows.values().stream().flatMap(row -> row.values().stream()).toList();
        out.writeInt(figures.size());
        for (Figure figure : figures) {
            out.writeInt(figure.device);
            out.writeUTF(figure.kind.name());
            figure.bytes.write(out);
        }
    }

    void read(DataInput in) throws IOException {
        copy = null;
        for (int more = in.readInt(); more > 0; more--) {
            figure(in.readInt(), MemoryKind.valueOf(in.readUTF())).bytes.read(in);
        }
    }

    MemoryTotals copy() {
        MemoryTotals known = copy;
        if (known == null) {
            MemoryTotals.Builder builder = MemoryTotals.builder();
            rows.forEach(
                    (device, row) -> row.forEach((kind, figure) -> builder.add(device, kind, figure.bytes.shown())));
            known = builder.build();
            copy = known;
        }
        return known;
    }
}
