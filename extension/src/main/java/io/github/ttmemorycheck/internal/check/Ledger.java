package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who left which buffer, by the order of its allocation, and whether that is settled: charged to the one who left it,
 * or let pass by a baseline of its own. What is settled is never charged again. Where the tracker knows totals only,
 * bytes are counted instead. Thread-safe.
 */
final class Ledger {

    private record Entry(Subject holder, boolean settled) {}

    private final Map<Long, Entry> entries = new HashMap<>();
    private final Map<MemoryPool, Long> charged = new HashMap<>();

    private final Set<PutOff> putOff = new LinkedHashSet<>();

    /**
     * The further references to a buffer that tests left, by the buffer's order. A free does not say which reference
     * it gives back: as many as are settled may keep the buffer alive, and are not charged once more to the class.
     */
    private final Map<Long, List<DeviceBuffer>> references = new HashMap<>();

    /** Notes that the verdict on a test is put off. */
    synchronized void putOff(PutOff test) {
        putOff.add(test);
    }

    /** Returns those whose verdicts were put off since this was asked last. */
    synchronized List<PutOff> takePutOff() {
        List<PutOff> taken = List.copyOf(putOff);
        putOff.clear();
        return taken;
    }

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
        for (DeviceBuffer buffer : buffers) {
            boolean isNew = entries.putIfAbsent(buffer.order(), new Entry(holder, false)) == null;
            if (isNew && buffer.referenceTo() != 0) {
                references
                        .computeIfAbsent(buffer.referenceTo(), none -> new ArrayList<>())
                        .add(buffer);
            }
        }
    }

    /** Notes that these buffers are charged to somebody, or let pass. */
    synchronized void settle(Subject holder, Collection<DeviceBuffer> buffers) {
        buffers.forEach(buffer -> entries.merge(
                buffer.order(), new Entry(holder, true), (known, unknown) -> new Entry(known.holder(), true)));
    }

    /** Returns whether anybody left anything that was not freed since. */
    synchronized boolean holdsAnything() {
        return !entries.isEmpty();
    }

    synchronized boolean isSettled(DeviceBuffer buffer) {
        return isSettled(buffer.order())
                || buffer.refCount()
                        <= references.getOrDefault(buffer.order(), List.of()).stream()
                                .filter(reference -> isSettled(reference.order()))
                                .mapToLong(DeviceBuffer::refCount)
                                .sum();
    }

    private boolean isSettled(long order) {
        Entry entry = entries.get(order);
        return entry != null && entry.settled();
    }

    /** Returns who left a buffer. */
    Optional<Subject> holder(DeviceBuffer buffer) {
        return holder(buffer.order());
    }

    /** Returns who left the buffer of an order. */
    synchronized Optional<Subject> holder(long order) {
        return Optional.ofNullable(entries.get(order)).map(Entry::holder);
    }

    /** Returns who left further references to a buffer, in the order of their adding. */
    synchronized List<Subject> holdersOfReferences(DeviceBuffer buffer) {
        return references.getOrDefault(buffer.order(), List.of()).stream()
                .flatMap(reference -> holder(reference).stream())
                .toList();
    }

    /** Forgets a buffer that was freed, and returns who had left it. */
    synchronized Optional<Subject> freed(DeviceBuffer buffer) {
        return Optional.ofNullable(entries.remove(buffer.order())).map(Entry::holder);
    }
}
