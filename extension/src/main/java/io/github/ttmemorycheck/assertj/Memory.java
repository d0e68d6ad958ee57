package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The memory that an assertion speaks of: what a snapshot holds, or what a difference left or released, or a part of
 * it.
 *
 * @param what what became of it, as a word: {@code left}, {@code released} or {@code allocated}
 * @param toFix what to do where it is not as it should be
 * @param totals bytes per device and kind; a part knows the devices of the whole
 * @param buffers oldest first; none where they are not known
 */
record Memory(
        String what,
        String toFix,
        MemoryTotals totals,
        boolean buffersKnown,
        List<DeviceBuffer> buffers,
        Map<Integer, String> commands) {

    Memory {
        buffers = buffers.stream()
                .sorted(Comparator.comparingLong(DeviceBuffer::order))
                .toList();
    }

    static Memory leftIn(SnapshotDiff diff) {
        return new Memory(
                "left",
                "free it before the later snapshot is taken",
                diff.leftTotals(),
                knowsAll(diff),
                diff.left(),
                diff.commands());
    }

    static Memory releasedIn(SnapshotDiff diff) {
        return new Memory(
                "released",
                "free between the two snapshots what the earlier one holds",
                diff.releasedTotals(),
                knowsAll(diff),
                diff.released(),
                diff.commands());
    }

    /** Returns whether nothing is known in totals alone. */
    private static boolean knowsAll(SnapshotDiff diff) {
        return diff.buffersKnown() && diff.leftInTotals().isEmpty();
    }

    static Memory allocatedIn(MemorySnapshot snapshot) {
        return new Memory(
                "allocated",
                "free it before the snapshot is taken",
                snapshot.totals(),
                snapshot.buffersKnown(),
                snapshot.buffers(),
                snapshot.commands());
    }

    Memory over(MemoryKind kind, long limit) {
        return where(pool -> pool.kind() == kind && totals.of(pool) > limit);
    }

    Memory where(Predicate<MemoryPool> chosen) {
        MemoryTotals.Builder part = MemoryTotals.builder();
        totals.pools().forEach(pool -> part.add(pool, chosen.test(pool) ? totals.of(pool) : 0));
        List<DeviceBuffer> those =
                buffers.stream().filter(buffer -> chosen.test(buffer.pool())).toList();
        return new Memory(what, toFix, part.build(), buffersKnown, those, commands);
    }

    /** Returns whether there is none; a buffer of 0 bytes is some. */
    boolean isNone() {
        return totals.isZero() && buffers.isEmpty();
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
        Stream.of(MemoryKind.values()).filter(kind -> most(kind) > 0).forEach(kinds::add);
        buffers.forEach(buffer -> kinds.add(buffer.kind()));
        return kinds;
    }
}
