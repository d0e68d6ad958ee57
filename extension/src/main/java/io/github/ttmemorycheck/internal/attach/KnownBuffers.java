package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.attach.ParsedDump.Listed;
import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives the buffers of successive dumps an identity: one that is listed again in the same pool, with the same address,
 * size and owner is the same. What was freed and allocated again in between, exactly alike, looks like it. A dump that
 * does not name all of a pool, since a line was lost or there are too many for a while, ends no identity there.
 * Thread-safe.
 */
final class KnownBuffers {

    private record Key(MemoryPool pool, long address, long bytes, int processId) {}

    private record Known(long order, long seenAtNanos) {}

    /**
     * The buffers of one dump.
     *
     * @param order the last order that was given out
     * @param named the pools whose buffers are all named, and add up to the totals that the server answers
     * @param isComplete whether every byte that is allocated belongs to a buffer that is named
     * @param commands the command line of each owner, where it could be found
     */
    record Listing(
            List<DeviceBuffer> buffers,
            long order,
            Set<MemoryPool> named,
            boolean isComplete,
            Map<Integer, String> commands) {

        /** What is known without a dump. */
        static final Listing NONE = new Listing(List.of(), 0, Set.of(), false, Map.of());

        boolean names(DeviceBuffer buffer) {
            return named.contains(new MemoryPool(buffer.device(), buffer.kind()));
        }
    }

    /** The buffers of each pool by the last dump that named all of them. */
    private final Map<Key, Known> known = new HashMap<>();

    private long lastOrder;

    /** Takes a dump, and the totals that were read around it. */
    synchronized Listing take(ParsedDump dump, MemoryTotals totals, long nowNanos) {
        Map<Key, Known> now = new HashMap<>();
        List<DeviceBuffer> buffers = new ArrayList<>();
        Map<Integer, String> commands = new HashMap<>();
        MemoryTotals.Builder sums = MemoryTotals.builder();
        for (Listed listed : dump.buffers()) {
            MemoryPool pool = listed.pool();
            int owner = listed.processId();
            Key key = new Key(pool, listed.address(), listed.bytes(), owner);
            Known identity = known.containsKey(key) ? known.get(key) : new Known(++lastOrder, nowNanos);
            now.put(key, identity);
            sums.add(answered(pool), listed.bytes());
            buffers.add(new DeviceBuffer(
                    pool.device(),
                    pool.kind(),
                    listed.address(),
                    listed.bytes(),
                    listed.refCount(),
                    listed.refCount(),
                    owner,
                    identity.order,
                    identity.seenAtNanos));
            commands.computeIfAbsent(owner, ProcFiles.ofThisSystem()::command);
        }
        MemoryTotals listed = sums.build();
        Predicate<MemoryPool> isNamed =
                pool -> dump.names(pool) && totals.of(answered(pool)) == listed.of(answered(pool));
        known.keySet().removeIf(key -> isNamed.test(key.pool()));
        now.keySet().removeIf(key -> !isNamed.test(key.pool()));
        known.putAll(now);
        Set<MemoryPool> pools =
                Stream.of(totals, listed).flatMap(held -> held.pools().stream()).collect(Collectors.toSet());
        Set<MemoryPool> named = pools.stream().filter(isNamed).collect(Collectors.toSet());
        return new Listing(buffers, lastOrder, named, named.size() == pools.size(), commands);
    }

    /** The answer to a QUERY has one figure for both. */
    private static MemoryPool answered(MemoryPool pool) {
        return pool.kind() == MemoryKind.SYSTEM_MEMORY ? new MemoryPool(pool.device(), MemoryKind.L1_SMALL) : pool;
    }
}
