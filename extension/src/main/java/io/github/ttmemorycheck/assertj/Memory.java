package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The memory that an assertion speaks of: what a snapshot holds, or what a difference left or released, or a part of it.
 *
 * @param what what became of it, as a word: {@code left}, {@code released} or {@code allocated}
 * @param totals bytes per device and kind; a part knows the devices of the whole
 * @param buffersKnown whether every buffer is known
 * @param buffers the buffers, oldest first; empty where they are not known
 * @param commands the command line of each process, where it is known
 */
record Memory(
        String what,
        MemoryTotals totals,
        boolean buffersKnown,
        List<DeviceBuffer> buffers,
        Map<Integer, String> commands) {

    /** Chooses memory by where and what it is. */
    @FunctionalInterface
    interface Choice {
        boolean includes(int device, MemoryKind kind);
    }

    Memory {
        buffers = buffers.stream()
                .sorted(Comparator.comparingLong(DeviceBuffer::order))
                .toList();
    }

    static Memory leftIn(SnapshotDiff diff) {
        return new Memory("left", diff.leftTotals(), diff.buffersKnown(), diff.left(), diff.commands());
    }

    static Memory releasedIn(SnapshotDiff diff) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        for (int device : diff.devices()) {
            for (MemoryKind kind : MemoryKind.values()) {
                long fallen = diff.before().of(device, kind) - diff.after().of(device, kind);
                totals.add(device, kind, diff.buffersKnown() ? 0 : Math.max(0, fallen));
            }
        }
        diff.released().forEach(buffer -> totals.add(buffer.device(), buffer.kind(), buffer.size()));
        return new Memory("released", totals.build(), diff.buffersKnown(), diff.released(), diff.commands());
    }

    static Memory allocatedIn(MemorySnapshot snapshot) {
        return new Memory(
                "allocated", snapshot.totals(), snapshot.buffersKnown(), snapshot.buffers(), snapshot.commands());
    }

    Memory on(int device) {
        return where((at, kind) -> at == device);
    }

    Memory on(int device, MemoryKind kind) {
        return where((at, of) -> at == device && of == kind);
    }

    Memory over(MemoryKind kind, long limit) {
        return where((at, of) -> of == kind && totals.of(at, of) > limit);
    }

    Memory where(Choice choice) {
        MemoryTotals.Builder chosen = MemoryTotals.builder();
        for (int device : totals.devices()) {
            for (MemoryKind kind : MemoryKind.values()) {
                chosen.add(device, kind, choice.includes(device, kind) ? totals.of(device, kind) : 0);
            }
        }
        List<DeviceBuffer> those = buffers.stream()
                .filter(buffer -> choice.includes(buffer.device(), buffer.kind()))
                .toList();
        return new Memory(what, chosen.build(), buffersKnown, those, commands);
    }

    /** Tells whether there is none; a buffer of 0 bytes is some. */
    boolean isNone() {
        return totals.isZero() && buffers.isEmpty();
    }

    long bytes(int device, MemoryKind kind) {
        return totals.of(device, kind);
    }

    /** Returns the most that any one device has of a kind, in bytes. */
    long most(MemoryKind kind) {
        return totals.devices().stream()
                .mapToLong(device -> totals.of(device, kind))
                .max()
                .orElse(0);
    }

    Set<MemoryKind> kinds() {
        Set<MemoryKind> kinds = EnumSet.noneOf(MemoryKind.class);
        for (MemoryKind kind : MemoryKind.values()) {
            if (most(kind) > 0) {
                kinds.add(kind);
            }
        }
        buffers.forEach(buffer -> kinds.add(buffer.kind()));
        return kinds;
    }
}
