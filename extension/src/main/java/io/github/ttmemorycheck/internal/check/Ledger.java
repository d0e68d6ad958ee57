package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who left which buffer, by the order of its allocation, and whether that is settled: charged to the one who left it,
 * or let pass by a baseline of its own. What is settled is never charged again. Where the tracker knows totals only,
 * bytes are counted instead. Thread-safe.
 */
final class Ledger {

    private record Entry(Subject holder, boolean settled) {}

    private final Map<Long, Entry> entries = new HashMap<>();
    private final Map<MemoryPool, Long> charged = new HashMap<>();

    /** Notes that bytes are charged to somebody, or let pass, where buffers are not known. */
    synchronized void charge(MemoryPool pool, long bytes) {
        charged.merge(pool, bytes, ByteSize::sum);
    }

    /**
     * Notes that totals fell while a test ran. Whose memory was freed is not known then: what was charged goes first,
     * so that it never hides what is left by another.
     */
    synchronized void fell(MemoryTotals fall) {
        charged.replaceAll((pool, known) -> known - Math.min(known, fall.of(pool)));
    }

    /** Returns what is charged by bytes. */
    synchronized MemoryTotals charged() {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        charged.forEach((pool, bytes) -> totals.add(pool, bytes));
        return totals.build();
    }

    /** Notes who left these buffers; an earlier note stands. */
    synchronized void left(Subject holder, Collection<DeviceBuffer> buffers) {
        buffers.forEach(buffer -> entries.putIfAbsent(buffer.order(), new Entry(holder, false)));
    }

    /** Notes that these buffers are charged to somebody, or let pass. */
    synchronized void settle(Subject holder, Collection<DeviceBuffer> buffers) {
        buffers.forEach(buffer -> entries.merge(
                buffer.order(), new Entry(holder, true), (known, unknown) -> new Entry(known.holder(), true)));
    }

    synchronized boolean isSettled(DeviceBuffer buffer) {
        Entry entry = entries.get(buffer.order());
        return entry != null && entry.settled();
    }

    /** Returns who left a buffer. */
    synchronized Optional<Subject> holder(DeviceBuffer buffer) {
        return Optional.ofNullable(entries.get(buffer.order())).map(Entry::holder);
    }

    /** Forgets a buffer that was freed, and returns who had left it. */
    synchronized Optional<Subject> freed(DeviceBuffer buffer) {
        return Optional.ofNullable(entries.remove(buffer.order())).map(Entry::holder);
    }
}
