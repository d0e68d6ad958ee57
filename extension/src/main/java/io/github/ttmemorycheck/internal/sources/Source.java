package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One of the trackers that are joined, and what has been learnt of it so far. Not thread-safe. */
final class Source {

    private final String name;
    private final MemoryTracker tracker;
    private final boolean dispensable;
    private final String absence;
    private final Set<Integer> seen = new HashSet<>();
    private final Set<String> said = new HashSet<>();
    private long activity;
    private boolean failing;

    /**
     * Makes a source.
     *
     * @param name what it is in a sentence, such as {@code the regions of /dev/shm}
     * @param dispensable whether the others may go on without it as long as it has told nothing that they do not
     * @param absence what it could add as long as it has seen nothing; empty where nobody need be told
     */
    Source(String name, MemoryTracker tracker, boolean dispensable, String absence) {
        this.absence = absence;
        this.name = name;
        this.tracker = tracker;
        this.dispensable = dispensable;
    }

    String name() {
        return name;
    }

    String absence() {
        return absence;
    }

    MemoryTracker tracker() {
        return tracker;
    }

    /** Whether its last answer was an error, without which the others went on. */
    boolean isFailing() {
        return failing;
    }

    Set<Integer> seen() {
        return seen;
    }

    /**
     * Asks the tracker.
     *
     * @return its answer; empty where it has none and the others can go on without it, which is logged
     */
    <T> Optional<T> ask(boolean speaks, Supplier<T> question) {
        try {
            T answer = question.get();
            failing = false;
            return Optional.of(answer);
        } catch (TrackerException unknown) {
            if (!dispensable || speaks) {
                throw unknown;
            }
            failing = true;
            if (said.add(String.valueOf(unknown.getMessage()))) {
                log().warn("the others go on without " + name + ": " + unknown.getMessage());
            }
            return Optional.empty();
        }
    }

    /** Learns which devices there are from figures; returns those that were not known before. */
    Set<Integer> learn(MemoryTotals... figures) {
        Set<Integer> news = new HashSet<>();
        for (MemoryTotals totals : figures) {
            if (seen.size() < totals.devices().size() || !seen.containsAll(totals.devices())) {
                totals.devices().stream()
                        .filter(device -> tracker.knowsBuffers() || holdsAnything(totals, device))
                        .filter(seen::add)
                        .forEach(news::add);
            }
        }
        return news;
    }

    /** A server that knows totals names each device that it has room for. */
    private static boolean holdsAnything(MemoryTotals totals, int device) {
        return Stream.of(MemoryKind.values()).anyMatch(kind -> totals.of(device, kind) != 0);
    }

    boolean knows(MemoryPool pool) {
        return tracker.hasFiguresOf(pool.kind()) && seen.contains(pool.device());
    }

    /** Returns how much it has seen happen; what it said last where it has no answer. */
    long activity(boolean speaks) {
        activity = ask(speaks, tracker::activity).orElse(activity);
        return activity;
    }

    static Log log() {
        return Log.ofLibrary();
    }
}
