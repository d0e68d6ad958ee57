package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * What is shared by design in one run: which buffers belong to which name and, where only totals are known, by how much
 * they rose in scopes. Of buffers those count that this JVM or a descendant of it allocated. Thread-safe.
 */
final class SharedMemory {

    private final MemoryTracker tracker;
    private final IntPredicate ofRun;
    private final Log log;
    private final Map<SharedScope, MemoryTracker.Mark> open = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final SharedTotals totals;

    /**
     * Makes it.
     *
     * @param ofRun whether a process is this JVM or a descendant of it
     */
    SharedMemory(MemoryTracker tracker, IntPredicate ofRun, Log log) {
        this.tracker = tracker;
        this.ofRun = ofRun;
        this.log = log;
        this.totals = new SharedTotals(tracker);
    }

    synchronized void begin(SharedScope scope) {
        if (open.containsKey(scope)) {
            return;
        }
        try {
            open.put(scope, tracker.mark());
            totals.begin(scope);
        } catch (TrackerException blind) {
            log.warn(
                    "what is allocated as shared memory '" + scope.name() + "' cannot be distinguished from tests' own",
                    blind);
        }
    }

    /** Ends a scope, and returns what was allocated in it, a sentence; empty where that is not known. */
    synchronized Optional<String> end(SharedScope scope) {
        MemoryTracker.Mark mark = open.get(scope);
        if (mark == null) {
            return Optional.empty();
        }
        try (mark) {
            Map<SharedScope, SnapshotDiff> diffs = diffs();
            SnapshotDiff diff = Objects.requireNonNull(diffs.get(scope));
            diff.left().stream()
                    .filter(this::isOfRun)
                    .forEach(buffer -> names.putIfAbsent(buffer.order(), scope.name()));
            totals.end(scope, diffs);
            return Optional.of("shared memory '" + scope.name() + "': " + text(diff.leftTotals()));
        } catch (TrackerException blind) {
            totals.drop(scope);
            log.warn("what was allocated as shared memory '" + scope.name() + "' is not known", blind);
            return Optional.empty();
        } finally {
            open.remove(scope);
        }
    }

    /** Returns what changed in each scope that is open. */
    private Map<SharedScope, SnapshotDiff> diffs() {
        Map<SharedScope, SnapshotDiff> diffs = new HashMap<>();
        open.forEach((scope, mark) -> diffs.put(scope, tracker.since(mark)));
        return diffs;
    }

    private boolean isOfRun(DeviceBuffer buffer) {
        return ofRun.test(buffer.processId());
    }

    /** Returns a diff without the buffers that are shared. */
    synchronized SnapshotDiff without(SnapshotDiff diff) {
        if ((names.isEmpty() && open.isEmpty()) || diff.left().isEmpty()) {
            return diff;
        }
        return diff.withLeft(
                diff.after(),
                diff.left().stream().filter(buffer -> nameOf(buffer).isEmpty()).toList(),
                diff.leftInTotals());
    }

    /** Returns the name of what a buffer belongs to, if it is shared. */
    synchronized Optional<String> nameOf(DeviceBuffer buffer) {
        String name = names.get(buffer.order());
        return name != null
                ? Optional.of(name)
                : open.entrySet().stream()
                        .filter(scope -> isOfRun(buffer) && scope.getValue().isBefore(buffer))
                        .map(scope -> scope.getKey().name())
                        .findFirst();
    }

    /** Returns by how much totals rose in scopes, those that are open included, where buffers are not known. */
    synchronized MemoryTotals rises() {
        return totals.rises(diffs());
    }

    /** Says what is still held when the run ends, and lets go of the scopes that are open. */
    synchronized void close() {
        atTheEnd().forEach(log::info);
        open.values().forEach(MemoryTracker.Mark::close);
        open.clear();
    }

    /** Returns what each name still holds, a sentence each. */
    private List<String> atTheEnd() {
        if (totals.isEmpty()) {
            return List.of();
        }
        try {
            MemorySnapshot now = tracker.snapshot();
            List<String> said = new ArrayList<>();
            heldInBuffers(now)
                    .forEach((name, held) -> said.add(
                            "shared memory '" + name + "' still holds " + text(held) + " at the end of the run"));
            heldInTotals(KnownInTotals.of(now, tracker))
                    .forEach((name, held) -> said.add("shared memory '" + name + "' still holds up to " + text(held)
                            + " at the end of the run; in totals what is freed is not told apart"));
            return said;
        } catch (TrackerException blind) {
            log.warn("what shared memory still holds at the end of the run is not known", blind);
            return List.of();
        }
    }

    private Map<String, MemoryTotals> heldInBuffers(MemorySnapshot now) {
        Map<String, MemoryTotals.Builder> held = new TreeMap<>();
        KnownInTotals.buffers(now, tracker)
                .forEach(buffer -> nameOf(buffer)
                        .ifPresent(name -> held.computeIfAbsent(name, none -> MemoryTotals.builder())
                                .add(buffer)));
        Map<String, MemoryTotals> sums = new TreeMap<>();
        held.forEach((name, sum) -> sums.put(name, sum.build()));
        return sums;
    }

    /**
     * Returns what each name holds at most.
     *
     * @param now what is held of what is known in totals
     */
    synchronized Map<String, MemoryTotals> heldInTotals(MemoryTotals now) {
        return totals.held(diffs(), now);
    }

    private static String text(MemoryTotals totals) {
        return totals.isZero() ? "nothing" : Wording.list(Amount.texts(totals, totals.devices()));
    }
}
