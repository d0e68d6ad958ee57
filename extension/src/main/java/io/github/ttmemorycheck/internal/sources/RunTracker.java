package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.text.OtherMemory;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A tracker that knows every buffer, without what processes allocate that are not of the run: that is named, and not
 * counted. Costs nothing beside a look at what is left until such a process allocates; then it costs what those hold
 * and what has changed since the last question, never what is live. Dumps show all.
 *
 * <p>Thread-safe: the lock of this object guards what is known of the others.
 */
final class RunTracker implements DelegatingTracker {

    /**
     * A mark.
     *
     * @param others what others had added by then, as far as it is known
     * @param left the buffers of others that were left since then, when that was asked last
     */
    private record RunMark(Mark mark, MemoryTotals others, MemoryTotals totals, AtomicReference<List<ProcessUse>> left)
            implements DelegatingMark {}

    private final MemoryTracker whole;
    private final Narrowing ours;
    private final Map<Long, DeviceBuffer> others = new HashMap<>();
    private @Nullable Mark watched;

    /**
     * Narrows a tracker.
     *
     * @param counts says whether the memory of a process counts
     */
    RunTracker(MemoryTracker whole, IntPredicate counts) {
        this.whole = whole;
        this.ours = new Narrowing(counts);
    }

    @Override
    public MemoryTracker whole() {
        return whole;
    }

    @Override
    public synchronized Mark mark() {
        follow();
        Mark mark = whole.mark();
        MemoryTotals held = held();
        return new RunMark(mark, held, mark.totals().less(held), new AtomicReference<>(List.of()));
    }

    @Override
    public synchronized SnapshotDiff since(Mark mark) {
        if (!(mark instanceof RunMark then)) {
            throw MemoryTracker.notOpen(this);
        }
        SnapshotDiff diff = whole.since(then.mark());
        List<DeviceBuffer> foreign =
                diff.left().stream().filter(buffer -> !ours.counts(buffer)).toList();
        if (watched == null && !foreign.isEmpty()) {
            watched = whole.mark();
        }
        foreign.forEach(buffer -> others.put(buffer.order(), buffer));
        follow();
        then.left().set(uses(foreign, diff.commands()));
        return watched == null
                ? diff
                : ours.of(diff, diff.before().less(then.others()), diff.after().less(held()));
    }

    private static List<ProcessUse> uses(List<DeviceBuffer> buffers, Map<Integer, String> commands) {
        Map<Integer, MemoryTotals.Builder> held = new TreeMap<>();
        buffers.forEach(buffer -> held.computeIfAbsent(buffer.processId(), none -> MemoryTotals.builder())
                .add(buffer));
        return held.entrySet().stream()
                .map(entry -> new ProcessUse(
                        entry.getKey(),
                        commands.getOrDefault(entry.getKey(), ""),
                        entry.getValue().build()))
                .toList();
    }

    /** Learns what others have allocated and freed since they were looked at last. */
    private void follow() {
        Mark last = watched;
        if (last == null) {
            return;
        }
        // Marked before it is asked: what comes in between is seen twice, which does no harm, and is never missed.
        watched = whole.mark();
        SnapshotDiff diff = whole.since(last);
        last.close();
        diff.left().stream()
                .filter(buffer -> !ours.counts(buffer))
                .forEach(buffer -> others.put(buffer.order(), buffer));
        diff.released().forEach(buffer -> others.remove(buffer.order()));
        diff.ended().forEach(ended -> others.values().removeIf(buffer -> buffer.processId() == ended.processId()));
    }

    private MemoryTotals held() {
        MemoryTotals.Builder held = MemoryTotals.builder();
        others.values().forEach(held::add);
        return held.build();
    }

    @Override
    public List<String> remarks(Mark mark) {
        return mark instanceof RunMark then
                ? OtherMemory.notes(Objects.requireNonNull(then.left().get()))
                : List.of();
    }

    @Override
    public List<DeviceBuffer> freedSince(Mark mark) {
        return mark instanceof RunMark then ? ours.of(whole.freedSince(then.mark())) : List.of();
    }

    @Override
    public MemorySnapshot snapshot() {
        MemorySnapshot snapshot = whole.snapshot();
        return snapshot.buffers().stream().allMatch(ours::counts) ? snapshot : ours.of(snapshot);
    }

    /** Lets go of what is known of the others, not of the whole tracker. */
    synchronized void forget() {
        if (watched != null) {
            watched.close();
        }
        watched = null;
        others.clear();
    }
}
