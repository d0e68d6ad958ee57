package io.github.ttmemorycheck;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who left which buffer, by the order of its allocation, and whether that is settled: charged to the one who left it, or let
 * pass by a baseline of its own. What is settled is never charged again. Where the tracker knows totals only, bytes are
 * counted instead. Thread-safe.
 */
final class Ledger {

    private record Entry(Subject holder, boolean settled) {}

    private final Map<Long, Entry> entries = new HashMap<>();

    private record Place(int device, MemoryKind kind) {}

    private final Map<Place, Long> charged = new HashMap<>();

    /** Notes that so many bytes are charged to somebody, or let pass, where buffers are not known. */
    synchronized void charge(int device, MemoryKind kind, long bytes) {
        charged.merge(new Place(device, kind), bytes, Long::sum);
    }

    /**
     * Notes that totals fell while a test ran. Whose memory was freed cannot be told: what was charged goes first, so that it
     * never hides what is left by another.
     */
    synchronized void fell(MemoryTotals fall) {
        charged.replaceAll((place, known) -> known - Math.min(known, fall.of(place.device, place.kind)));
    }

    /** Returns what is charged by bytes. */
    synchronized MemoryTotals charged() {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        charged.forEach((place, bytes) -> totals.add(place.device, place.kind, bytes));
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

    /** Tells who left a buffer. */
    synchronized Optional<Subject> holder(DeviceBuffer buffer) {
        return Optional.ofNullable(entries.get(buffer.order())).map(Entry::holder);
    }

    /** Forgets a buffer that was freed, and tells who had left it. */
    synchronized Optional<Subject> freed(DeviceBuffer buffer) {
        @Nullable Entry entry = entries.remove(buffer.order());
        return Optional.ofNullable(entry).map(Entry::holder);
    }
}
