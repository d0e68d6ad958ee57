package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.text.OtherMemory;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
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
final class RunTracker implements MemoryTracker {

    /**
     * A mark.
     *
     * @param others what others had added by then, as far as it is known
     * @param left the buffers of others that were left since then, when that was asked last
     */
    private record RunMark(Mark mark, MemoryTotals others, MemoryTotals totals, AtomicReference<List<ProcessUse>> left)
            implements Mark {

        @Override
        public long order() {
            return mark.order();
        }

        @Override
        public long takenAtNanos() {
            return mark.takenAtNanos();
        }

        @Override
        public void close() {
            mark.close();
        }
    }

    private final MemoryTracker whole;
    private final IntPredicate counts;
    private final Map<Long, DeviceBuffer> others = new HashMap<>();
    private @Nullable Mark watched;

    /**
     * Narrows a tracker.
     *
     * @param counts says whether the memory of a process counts
     */
    RunTracker(MemoryTracker whole, IntPredicate counts) {
        this.whole = whole;
        this.counts = counts;
    }

    MemoryTracker whole() {
        return whole;
    }

    @Override
    public String description() {
        return whole.description();
    }

    @Override
    public boolean knowsBuffers() {
        return whole.knowsBuffers();
    }

    @Override
    public boolean hasHeardOf(int processId) {
        return whole.hasHeardOf(processId);
    }

    @Override
    public synchronized Mark mark() {
        follow();
        Mark mark = whole.mark();
        MemoryTotals held = held();
        return new RunMark(mark, held, ours(mark.totals(), held), new AtomicReference<>(List.of()));
    }

    @Override
    public synchronized SnapshotDiff since(Mark mark) {
        if (!(mark instanceof RunMark ours)) {
            throw MemoryTracker.notOpen(this);
        }
        SnapshotDiff diff = whole.since(ours.mark());
        List<DeviceBuffer> foreign =
                diff.left().stream().filter(buffer -> !counts(buffer)).toList();
        if (watched == null && !foreign.isEmpty()) {
            watched = whole.mark();
        }
        foreign.forEach(buffer -> others.put(buffer.order(), buffer));
        follow();
        ours.left().set(uses(foreign, diff.commands()));
        return watched == null ? diff : without(diff, ours);
    }

    private SnapshotDiff without(SnapshotDiff diff, RunMark mark) {
        return new SnapshotDiff(
                ours(diff.before(), mark.others()),
                ours(diff.after(), held()),
                diff.buffersKnown(),
                diff.left().stream().filter(this::counts).toList(),
                diff.released().stream().filter(this::counts).toList(),
                diff.ended().stream()
                        .filter(process -> counts.test(process.processId()))
                        .toList(),
                diff.commands(),
                diff.processes(),
                diff.faults().stream()
                        .filter(fault -> counts.test(fault.processId()))
                        .toList(),
                diff.leftInTotals());
    }

    private boolean counts(DeviceBuffer buffer) {
        return counts.test(buffer.processId());
    }

    /** Takes what others hold out of totals; the devices stay known. */
    private static MemoryTotals ours(MemoryTotals totals, MemoryTotals others) {
        if (others.isZero()) {
            return totals;
        }
        MemoryTotals.Builder ours = MemoryTotals.builder();
        totals.pools().forEach(pool -> ours.add(pool, Math.max(0, totals.of(pool) - others.of(pool))));
        return ours.build();
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
        diff.left().stream().filter(buffer -> !counts(buffer)).forEach(buffer -> others.put(buffer.order(), buffer));
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
        return mark instanceof RunMark ours
                ? OtherMemory.notes(Objects.requireNonNull(ours.left().get()))
                : List.of();
    }

    @Override
    public List<DeviceBuffer> freedSince(Mark mark) {
        return mark instanceof RunMark ours
                ? whole.freedSince(ours.mark()).stream().filter(this::counts).toList()
                : List.of();
    }

    @Override
    public MemorySnapshot snapshot() {
        MemorySnapshot snapshot = whole.snapshot();
        List<DeviceBuffer> buffers =
                snapshot.buffers().stream().filter(this::counts).toList();
        if (buffers.size() == snapshot.buffers().size()) {
            return snapshot;
        }
        MemoryTotals.Builder totals = MemoryTotals.builder();
        snapshot.devices().forEach(device -> totals.add(device, MemoryKind.DRAM, 0));
        buffers.forEach(totals::add);
        return new MemorySnapshot(
                totals.build(), snapshot.buffersKnown(), buffers, snapshot.commands(), snapshot.processes());
    }

    @Override
    public long activity() {
        return whole.activity();
    }

    @Override
    public void dump(Appendable out) throws IOException {
        whole.dump(out);
    }

    @Override
    public OptionalLong capacity(int device, MemoryKind kind) {
        return whole.capacity(device, kind);
    }

    @Override
    public void requestDump() {
        whole.requestDump();
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
