package io.github.ttmemorycheck.internal.tracker;

import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Stands for a tracker in a run that measures nothing: it starts nothing, and whoever looks sees nothing held.
 *
 * @param why why nothing is measured, for people who read a dump
 */
public record NothingTracked(String why) implements MemoryTracker {

    /** A moment; nothing is held at any. */
    private record Moment(long takenAtNanos) implements Mark {

        @Override
        public MemoryTotals totals() {
            return MemoryTotals.NONE;
        }

        @Override
        public long order() {
            return 0;
        }

        @Override
        public void close() {
            // Nothing is kept.
        }
    }

    @Override
    public String description() {
        return "no tracker, " + why;
    }

    @Override
    public boolean knowsBuffers() {
        return true;
    }

    @Override
    public Mark mark() {
        return new Moment(System.nanoTime());
    }

    @Override
    public SnapshotDiff since(Mark mark) {
        return new SnapshotDiff(
                MemoryTotals.NONE, MemoryTotals.NONE, true, List.of(), List.of(), List.of(), Map.of(), List.of());
    }

    @Override
    public MemorySnapshot snapshot() {
        return new MemorySnapshot(MemoryTotals.NONE, true, List.of(), Map.of(), List.of());
    }

    @Override
    public long activity() {
        return 0;
    }

    @Override
    public void dump(Appendable out) throws IOException {
        out.append("Device memory is not measured: ").append(why).append('\n');
    }
}
