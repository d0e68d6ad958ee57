package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.process.ProcessTree;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.List;

/**
 * A tracker that knows every buffer, seen as if this JVM and its descendants were alone. Dumps show all. It costs what
 * is live, for marks and diffs too. Thread-safe, as the whole tracker is.
 *
 * @param own whose memory counts
 */
record TreeTracker(MemoryTracker whole, ProcessTree own) implements DelegatingTracker {

    private record TreeMark(Mark mark, MemoryTotals totals) implements DelegatingMark {}

    @Override
    public String description() {
        return whole.description() + ", this JVM and its descendants alone";
    }

    @Override
    public Mark mark() {
        own.look();
        Mark mark = whole.mark();
        try {
            // What came between the two is not older than the mark, and so not of its totals.
            MemorySnapshot snapshot = whole.snapshot();
            List<DeviceBuffer> older = ours().of(snapshot.buffers()).stream()
                    .filter(buffer -> buffer.order() <= mark.order())
                    .toList();
            return new TreeMark(mark, Narrowing.totals(snapshot, older));
        } catch (RuntimeException e) {
            mark.close();
            throw e;
        }
    }

    @Override
    public SnapshotDiff since(Mark mark) {
        if (!(mark instanceof TreeMark then)) {
            throw MemoryTracker.notOpen(this);
        }
        own.look();
        SnapshotDiff diff = whole.since(then.mark());
        return ours().of(diff, then.totals(), snapshot().totals());
    }

    @Override
    public List<DeviceBuffer> freedSince(Mark mark) {
        return mark instanceof TreeMark then ? ours().of(whole.freedSince(then.mark())) : List.of();
    }

    private Narrowing ours() {
        return new Narrowing(own);
    }

    @Override
    public MemorySnapshot snapshot() {
        own.look();
        return ours().of(whole.snapshot());
    }
}
