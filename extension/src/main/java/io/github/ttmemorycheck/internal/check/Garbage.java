package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Whether garbage may hold device memory, for trackers that know totals only: since garbage was last collected, or
 * since less was held than then, something more is held. Thread-safe.
 */
final class Garbage {

    private final Map<MemoryPool, Long> held = new HashMap<>();
    private boolean known;

    /** Notes what is held when the first check begins: garbage of before is nobody's here. */
    synchronized void beginWith(MemoryTotals now) {
        if (!known) {
            checked(now, true);
        }
    }

    /** Returns whether more is held than was after the last collection, of what is known in totals. */
    synchronized boolean mayHaveComeTo(MemoryTotals now, Predicate<MemoryPool> inTotals) {
        return now.pools().stream().anyMatch(pool -> now.of(pool) > held.getOrDefault(pool, 0L) && inTotals.test(pool));
    }

    /** Notes what a check found, after a collection or without one. */
    synchronized void checked(MemoryTotals now, boolean collected) {
        known = true;
        now.pools()
                .forEach(pool ->
                        held.merge(pool, now.of(pool), (known, found) -> collected ? found : Math.min(known, found)));
    }
}
