package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.process.ProcessTree;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * A tracker that knows every buffer, seen as if this JVM and its descendants were alone. Dumps show all. It costs what
 * is live, for marks and diffs too. Thread-safe, as the whole tracker is.
 *
 * @param own whose memory counts
 */
record TreeTracker(MemoryTracker whole, ProcessTree own) implements MemoryTracker {

    private record TreeMark(Mark mark, MemoryTotals totals) implements Mark {

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

    @Override
    public String description() {
        return whole.description() + ", this JVM and its descendants alone";
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
    public Mark mark() {
        own.look();
        Mark mark = whole.mark();
        try {
            // What came between the two is not older than the mark, and so not of its totals.
            MemorySnapshot snapshot = whole.snapshot();
            List<DeviceBuffer> older = all(snapshot.buffers()).stream()
                    .filter(buffer -> buffer.order() <= mark.order())
                    .toList();
            return new TreeMark(mark, totals(snapshot, older));
        } catch (RuntimeException e) {
            mark.close();
            throw e;
        }
    }

    @Override
    public SnapshotDiff since(Mark mark) {
        if (!(mark instanceof TreeMark ours)) {
            throw MemoryTracker.notOpen(this);
        }
        own.look();
        SnapshotDiff diff = whole.since(ours.mark());
        return new SnapshotDiff(
                ours.totals(),
                snapshot().totals(),
                diff.buffersKnown(),
                all(diff.left()),
                all(diff.released()),
                diff.ended().stream()
                        .filter(ended -> own.test(ended.processId()))
                        .toList(),
                diff.commands(),
                List.of(),
                diff.faults().stream()
                        .filter(fault -> own.test(fault.processId()))
                        .toList());
    }

    @Override
    public List<DeviceBuffer> freedSince(Mark mark) {
        return mark instanceof TreeMark ours ? all(whole.freedSince(ours.mark())) : List.of();
    }

    private List<DeviceBuffer> all(List<DeviceBuffer> buffers) {
        return buffers.stream().filter(buffer -> own.test(buffer.processId())).toList();
    }

    private static MemoryTotals totals(MemorySnapshot snapshot, List<DeviceBuffer> buffers) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        snapshot.devices().forEach(device -> totals.add(device, MemoryKind.DRAM, 0));
        buffers.forEach(totals::add);
        return totals.build();
    }

    @Override
    public MemorySnapshot snapshot() {
        own.look();
        MemorySnapshot snapshot = whole.snapshot();
        List<DeviceBuffer> buffers = all(snapshot.buffers());
        return new MemorySnapshot(
                totals(snapshot, buffers), snapshot.buffersKnown(), buffers, snapshot.commands(), List.of());
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
}
