package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.HashMap;
import java.util.Map;

/**
 * Counters that a third-party server keeps without bounds: a free too many takes one below nothing. It is counted from
 * the lowest value seen, so that it is neither 16 EiB, nor hides what is allocated after it. Not thread-safe.
 */
final class PlainCounters {

    private final Map<MemoryPool, Long> lowest = new HashMap<>();

    /** Returns what a counter holds, by the value that the server gives it. */
    long held(MemoryPool pool, long value) {
        long low = Math.min(value, lowest.getOrDefault(pool, 0L));
        if (low < 0) {
            lowest.put(pool, low);
        }
        return value < 0 ? value - low : ByteSize.sum(value, -low);
    }

    /** Begins anew, with another server. */
    void forget() {
        lowest.clear();
    }
}
