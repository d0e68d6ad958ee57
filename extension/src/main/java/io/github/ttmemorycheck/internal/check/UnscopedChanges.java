package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Counts the changes, of what is known in totals alone, that no scope of shared memory was open for. After a scope
 * nothing has gone of what it holds as long as there is none; after one, totals do not tell whose memory was freed. Not
 * thread-safe.
 */
final class UnscopedChanges {

    /** A scope in which totals rose: when it was closed, and what was counted by then. */
    private record Closing(long nanos, long counted) {}

    private final MemoryTracker tracker;
    private final List<Closing> closings = new ArrayList<>();
    private long counted;
    private long seen;

    UnscopedChanges(MemoryTracker tracker) {
        this.tracker = tracker;
    }

    /** Counts what changed since the last call, unless a scope was open. */
    void count(boolean scopeWasOpen) {
        long now = tracker.changesInTotals().orElse(0);
        // It falls where another source begins to speak, which changes what is known as well.
        counted += scopeWasOpen ? 0 : Math.abs(now - seen);
        seen = now;
    }

    /** Notes that a scope was closed in which totals rose; what changed in it was counted before. */
    void closed() {
        closings.add(new Closing(System.nanoTime(), counted));
    }

    /** Returns whether there may be a change after the first scope that was closed since a time, all being counted. */
    boolean areAfterAScope(long sinceNanos) {
        OptionalLong first = closings.stream()
                .filter(closing -> closing.nanos() - sinceNanos >= 0)
                .mapToLong(Closing::counted)
                .findFirst();
        return first.isPresent() && (tracker.changesInTotals().isEmpty() || counted > first.getAsLong());
    }
}
