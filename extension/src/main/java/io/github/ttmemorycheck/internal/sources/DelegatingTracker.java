package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** A tracker that changes what another one says of marks, diffs and snapshots, and passes on all else. */
interface DelegatingTracker extends MemoryTracker {

    /** Returns the tracker that is asked. */
    MemoryTracker whole();

    @Override
    default String description() {
        return whole().description();
    }

    @Override
    default boolean knowsBuffers() {
        return whole().knowsBuffers();
    }

    @Override
    default boolean knowsBuffers(MemoryPool pool) {
        return whole().knowsBuffers(pool);
    }

    @Override
    default boolean hasFiguresOf(MemoryKind kind) {
        return whole().hasFiguresOf(kind);
    }

    @Override
    default boolean hasHeardOf(int processId) {
        return whole().hasHeardOf(processId);
    }

    @Override
    default List<ProcessUse> usesInTotals() {
        return whole().usesInTotals();
    }

    @Override
    default List<String> absent() {
        return whole().absent();
    }

    @Override
    default long activity() {
        return whole().activity();
    }

    @Override
    default void dump(Appendable out) throws IOException {
        whole().dump(out);
    }

    @Override
    default OptionalLong capacity(MemoryPool pool) {
        return whole().capacity(pool);
    }

    @Override
    default void requestDump() {
        whole().requestDump();
    }

    /** A mark that knows more than the mark of the tracker that is asked. */
    interface DelegatingMark extends Mark {

        Mark mark();

        @Override
        default MemoryTotals totals() {
            return mark().totals();
        }

        @Override
        default long order() {
            return mark().order();
        }

        @Override
        default boolean isBefore(DeviceBuffer buffer) {
            return mark().isBefore(buffer);
        }

        @Override
        default long takenAtNanos() {
            return mark().takenAtNanos();
        }

        @Override
        default void close() {
            mark().close();
        }
    }
}
