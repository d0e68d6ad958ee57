package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * By how much totals rose in scopes, where buffers are not known. What rose in several scopes at once belongs to the
 * one that was closed first, and counts once. Not thread-safe.
 */
final class SharedTotals {

    private final MemoryTracker tracker;

    /** What others claimed of the rise in a scope that is open, in the order in which they were opened. */
    private final Map<SharedScope, MemoryTotals> open = new LinkedHashMap<>();

    private final Map<String, MemoryTotals> closed = new TreeMap<>();

    SharedTotals(MemoryTracker tracker) {
        this.tracker = tracker;
    }

    /** Returns whether there was a scope at all. */
    boolean isEmpty() {
        return open.isEmpty() && closed.isEmpty();
    }

    void begin(SharedScope scope) {
        open.put(scope, MemoryTotals.NONE);
    }

    /**
     * Gives what rose in a scope to its name.
     *
     * @param diffs what changed in each open scope, this one included, since it was opened
     */
    void end(SharedScope scope, Map<SharedScope, SnapshotDiff> diffs) {
        MemoryTotals own = rise(scope, diffs);
        closed.merge(scope.name(), own, SharedTotals::sum);
        boolean openedLater = false;
        for (Map.Entry<SharedScope, MemoryTotals> other : open.entrySet()) {
            if (other.getKey().equals(scope)) {
                openedLater = true;
            } else if (openedLater) {
                // All that rose in it so far rose in the one that is closed as well.
                other.setValue(inTotals(other.getKey(), diffs));
            } else {
                other.setValue(sum(other.getValue(), own));
            }
        }
        open.remove(scope);
    }

    /** Forgets a scope in which it is not known what rose. */
    void drop(SharedScope scope) {
        open.remove(scope);
    }

    private MemoryTotals rise(SharedScope scope, Map<SharedScope, SnapshotDiff> diffs) {
        return inTotals(scope, diffs).less(open.getOrDefault(scope, MemoryTotals.NONE));
    }

    /** Returns what rose in all scopes together; what is open goes by these diffs. */
    MemoryTotals rises(Map<SharedScope, SnapshotDiff> diffs) {
        if (isEmpty()) {
            return MemoryTotals.NONE;
        }
        MemoryTotals.Builder rises = MemoryTotals.builder();
        byName(diffs).values().forEach(rises::addAll);
        return rises.build();
    }

    /** Returns the same by name; what several open scopes share goes to the one that was opened last. */
    Map<String, MemoryTotals> byName(Map<SharedScope, SnapshotDiff> diffs) {
        Map<String, MemoryTotals> rises = new TreeMap<>(closed);
        List<SharedScope> lastFirst = new ArrayList<>(open.keySet());
        Collections.reverse(lastFirst);
        MemoryTotals given = MemoryTotals.NONE;
        for (SharedScope scope : lastFirst) {
            MemoryTotals own = rise(scope, diffs).less(given);
            rises.merge(scope.name(), own, SharedTotals::sum);
            given = sum(given, own);
        }
        return rises;
    }

    /**
     * Returns what is left of these rises at most.
     *
     * @param now what is held of what is known in totals
     */
    Map<String, MemoryTotals> held(Map<SharedScope, SnapshotDiff> diffs, MemoryTotals now) {
        Map<MemoryPool, Long> rest = new HashMap<>();
        now.pools().forEach(pool -> rest.put(pool, now.of(pool)));
        Map<String, MemoryTotals> held = new TreeMap<>();
        byName(diffs).forEach((name, rises) -> {
            MemoryTotals.Builder ofName = MemoryTotals.builder();
            rises.pools().forEach(pool -> {
                long bytes = Math.min(rises.of(pool), rest.getOrDefault(pool, 0L));
                if (bytes > 0) {
                    ofName.add(pool, bytes);
                    rest.merge(pool, -bytes, Long::sum);
                }
            });
            MemoryTotals some = ofName.build();
            if (!some.isZero()) {
                held.put(name, some);
            }
        });
        return held;
    }

    private MemoryTotals inTotals(SharedScope scope, Map<SharedScope, SnapshotDiff> diffs) {
        return KnownInTotals.left(Objects.requireNonNull(diffs.get(scope)), tracker);
    }

    private static MemoryTotals sum(MemoryTotals some, MemoryTotals more) {
        return MemoryTotals.builder().addAll(some).addAll(more).build();
    }
}
