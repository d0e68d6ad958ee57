package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.attach.ParsedDump.Listed;
import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the buffers of successive dumps an identity: one that is listed again in the same pool, with the same address,
 * size and owner is the same. What was freed and allocated again in between, exactly alike, looks like it. Thread-safe.
 */
final class KnownBuffers {

    private record Key(MemoryPool pool, long address, long bytes, int processId) {}

    private record Known(long order, long seenAtNanos) {}

    /**
     * The buffers of one dump.
     *
     * @param buffers those that the dump names
     * @param order the last order that was given out
     * @param unnamed the pools whose buffers are not all named, or do not add up to the totals that the server answers
     * @param commands the command line of each owner, where it could be found
     */
    record Listing(List<DeviceBuffer> buffers, long order, Set<MemoryPool> unnamed, Map<Integer, String> commands) {

        /** Returns whether every byte that is allocated belongs to a buffer that is named. */
        boolean isComplete() {
            return unnamed.isEmpty();
        }
    }

    private Map<Key, Known> known = new HashMap<>();
    private long lastOrder;

    /** Takes a dump, and the totals that were read around it. */
    synchronized Listing take(ParsedDump dump, MemoryTotals totals, long nowNanos) {
        Map<Key, Known> now = new HashMap<>();
        List<DeviceBuffer> buffers = new ArrayList<>();
        Map<Integer, String> commands = new HashMap<>();
        MemoryTotals.Builder sums = MemoryTotals.builder();
        for (Listed listed : dump.buffers()) {
            Key key = new Key(listed.pool(), listed.address(), listed.bytes(), listed.processId());
            Known identity = known.get(key);
            if (identity == null) {
                identity = new Known(++lastOrder, nowNanos);
            }
            now.put(key, identity);
            sums.add(listed.pool().device(), answered(listed.pool().kind()), listed.bytes());
            buffers.add(new DeviceBuffer(
                    listed.pool().device(),
                    listed.pool().kind(),
                    listed.address(),
                    listed.bytes(),
                    listed.refCount(),
                    listed.refCount(),
                    listed.processId(),
                    identity.order,
                    identity.seenAtNanos));
            commands.computeIfAbsent(listed.processId(), ProcFiles.ofThisSystem()::command);
        }
        known = now;
        return new Listing(buffers, lastOrder, unnamed(dump, totals, sums.build()), commands);
    }

    private static Set<MemoryPool> unnamed(ParsedDump dump, MemoryTotals totals, MemoryTotals sums) {
        Set<MemoryPool> unnamed = new HashSet<>();
        Set<Integer> devices = new HashSet<>(totals.devices());
        devices.addAll(sums.devices());
        for (int device : devices) {
            for (MemoryKind kind : MemoryKind.values()) {
                MemoryKind figure = answered(kind);
                MemoryPool pool = new MemoryPool(device, kind);
                if (!dump.names(pool) || totals.of(device, figure) != sums.of(device, figure)) {
                    unnamed.add(pool);
                }
            }
        }
        return unnamed;
    }

    /** The answer to a QUERY has one figure for both. */
    private static MemoryKind answered(MemoryKind kind) {
        return kind == MemoryKind.SYSTEM_MEMORY ? MemoryKind.L1_SMALL : kind;
    }
}
