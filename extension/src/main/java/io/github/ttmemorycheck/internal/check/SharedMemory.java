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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is shared by design in one run: which buffers belong to which name and, where only totals are known, by how much
 * they rose in scopes. Thread-safe.
 */
final class SharedMemory {

    private final MemoryTracker tracker;
    private final Log log;
    private final long self = ProcessHandle.current().pid();
    private final Map<SharedScope, MemoryTracker.Mark> open = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private MemoryTotals rises = MemoryTotals.NONE;

    SharedMemory(MemoryTracker tracker, Log log) {
        this.tracker = tracker;
        this.log = log;
    }

    synchronized void begin(SharedScope scope) {
        try {
            open.putIfAbsent(scope, tracker.mark());
        } catch (TrackerException blind) {
            log.warn(
                    "what is allocated as shared memory '" + scope.name() + "' cannot be distinguished from tests' own",
                    blind);
        }
    }

    synchronized void end(SharedScope scope) {
        MemoryTracker.Mark mark = open.remove(scope);
        if (mark == null) {
            return;
        }
        try (mark) {
            SnapshotDiff diff = tracker.since(mark);
            if (diff.buffersKnown()) {
                diff.left().stream()
                        .filter(this::isOwn)
                        .forEach(buffer -> names.putIfAbsent(buffer.order(), scope.name()));
            } else {
                rises = MemoryTotals.builder()
                        .addAll(rises)
                        .addAll(diff.leftTotals())
                        .build();
            }
            log.info("shared memory '" + scope.name() + "': " + text(diff.leftTotals()));
        } catch (TrackerException blind) {
            log.warn("what was allocated as shared memory '" + scope.name() + "' is not known", blind);
        }
    }

    private boolean isOwn(DeviceBuffer buffer) {
        return buffer.processId() == self;
    }

    /** Returns a diff without what is shared. */
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
                        .filter(scope -> isOwn(buffer) && scope.getValue().isBefore(buffer))
                        .map(scope -> scope.getKey().name())
                        .findFirst();
    }

    /** Returns by how much totals rose in scopes, where buffers are not known. */
    synchronized MemoryTotals rises() {
        return rises;
    }

    /** Says what is still held when the run ends, and lets go of the scopes that are open. */
    synchronized void close() {
        open.values().forEach(MemoryTracker.Mark::close);
        if (!names.isEmpty()) {
            try {
                held(tracker.snapshot())
                        .forEach((name, held) -> log.info(
                                "shared memory '" + name + "' still holds " + text(held) + " at the end of the run"));
            } catch (TrackerException blind) {
                log.warn("what shared memory still holds at the end of the run is not known", blind);
            }
        }
        open.clear();
    }

    /** Returns what each name holds. */
    synchronized Map<String, MemoryTotals> held(MemorySnapshot now) {
        Map<String, MemoryTotals.Builder> held = new TreeMap<>();
        now.buffers()
                .forEach(buffer -> nameOf(buffer)
                        .ifPresent(name -> held.computeIfAbsent(name, none -> MemoryTotals.builder())
                                .add(buffer)));
        Map<String, MemoryTotals> totals = new TreeMap<>();
        held.forEach((name, sum) -> totals.put(name, sum.build()));
        return totals;
    }

    private static String text(MemoryTotals totals) {
        return totals.isZero() ? "nothing" : Wording.list(Amount.texts(totals, totals.devices()));
    }
}
