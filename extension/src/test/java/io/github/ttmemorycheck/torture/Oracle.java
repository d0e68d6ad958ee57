package io.github.ttmemorycheck.torture;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one process must hold after the events that it has sent, by the rules of the page on trackers, written down
 * anew: a list for each address, and a sum for each circular buffer and kernel. Confined to the sender's thread while
 * it sends.
 */
final class Oracle {

    private static final List<MemoryKind> KINDS =
            List.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.SYSTEM_MEMORY, MemoryKind.L1_SMALL, MemoryKind.TRACE);

    /** A live buffer, circular buffer or kernel; kernels and circular buffers have no size of their own here. */
    record Key(int process, int device, MemoryKind kind, long address, long size) {}

    private record Place(int device, long address) {}

    private record Counter(int device, MemoryKind kind, long number) {}

    private static final class Entry {
        final MemoryKind kind;
        final long size;
        final int session;
        final long round;
        long references = 1;
        long allocations = 1;

        Entry(MemoryKind kind, long size, int session, long round) {
            this.kind = kind;
            this.size = size;
            this.session = session;
            this.round = round;
        }
    }

    private final int process;
    private final Map<Place, List<Entry>> buffers = new HashMap<>();
    private final Map<Counter, Long> counters = new HashMap<>();
    private int session;
    private long round;

    Oracle(int process) {
        this.process = process;
    }

    /** Notes that the process has closed its connection, and will open another. */
    void reconnect() {
        session++;
    }

    /** Notes that a mark was made. */
    void mark() {
        round++;
    }

    void sent(ClientMessage event) {
        Place place = new Place(event.device(), event.bufferId());
        switch (event.type()) {
            case ALLOC -> allocate(buffers.computeIfAbsent(place, none -> new ArrayList<>()), event);
            case FREE -> {
                List<Entry> there = buffers.getOrDefault(place, List.of());
                if (!there.isEmpty() && --there.get(there.size() - 1).references == 0) {
                    there.remove(there.size() - 1);
                }
            }
            case CB_ALLOC -> count(event, MemoryKind.CIRCULAR_BUFFER, event.size());
            case CB_FREE -> count(event, MemoryKind.CIRCULAR_BUFFER, -event.size());
            case KERNEL_LOAD -> count(event, MemoryKind.KERNEL, event.size());
            case KERNEL_UNLOAD -> count(event, MemoryKind.KERNEL, -event.size());
            default -> {
                // Questions change nothing.
            }
        }
    }

    private void allocate(List<Entry> there, ClientMessage event) {
        MemoryKind kind = KINDS.get(event.subtype());
        for (Entry entry : there) {
            if (entry.kind == kind && entry.size == event.size() && entry.session == session) {
                entry.references++;
                entry.allocations++;
                return;
            }
        }
        there.removeIf(entry -> (entry.references < entry.allocations || entry.session != session)
                && isDram(entry.kind) == isDram(kind)
                && (entry.kind == MemoryKind.SYSTEM_MEMORY) == (kind == MemoryKind.SYSTEM_MEMORY));
        there.add(new Entry(kind, event.size(), session, round));
    }

    private static boolean isDram(MemoryKind kind) {
        return kind == MemoryKind.DRAM || kind == MemoryKind.TRACE;
    }

    private void count(ClientMessage event, MemoryKind kind, long change) {
        counters.compute(new Counter(event.device(), kind, event.bufferId()), (counter, sum) -> {
            long left = Math.max(0, (sum == null ? 0 : sum) + change);
            return left == 0 ? null : left;
        });
    }

    /** Returns how much of a circular buffer or kernel is there. */
    long of(int device, MemoryKind kind, long number) {
        return counters.getOrDefault(new Counter(device, kind, number), 0L);
    }

    /** Returns what must be there: references of buffers, and bytes of the others. */
    Map<Key, Long> live() {
        Map<Key, Long> live = new HashMap<>();
        counters.forEach((counter, sum) ->
                live.put(new Key(process, counter.device(), counter.kind(), counter.number(), 0), sum));
        buffers.forEach((place, entries) -> entries.forEach(entry -> live.merge(
                new Key(process, place.device(), entry.kind, place.address(), entry.size),
                entry.references,
                Long::sum)));
        return live;
    }

    /** Returns the buffers that must show as left since the last mark. */
    Map<Key, Long> leftSinceMark() {
        Map<Key, Long> left = new HashMap<>();
        buffers.forEach((place, entries) -> entries.stream()
                .filter(entry -> entry.round == round)
                .forEach(entry -> left.merge(
                        new Key(process, place.device(), entry.kind, place.address(), entry.size),
                        entry.references,
                        Long::sum)));
        return left;
    }
}
