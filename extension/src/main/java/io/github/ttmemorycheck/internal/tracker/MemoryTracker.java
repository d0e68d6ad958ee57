package io.github.ttmemorycheck.internal.tracker;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Knows what is allocated on the devices.
 *
 * <p>Every method may be called from any thread, never blocks without a bound, and throws a {@link TrackerException} when
 * it cannot tell: an answer that is not known is never given as zero.
 */
public interface MemoryTracker {

    /**
     * Says what the tracker is and where it looks, for messages.
     *
     * @return for example {@code embedded tracker, /tmp/tt_allocation_server.sock}
     */
    String description();

    /**
     * Tells whether every buffer is known, or totals only.
     *
     * @return true when snapshots and diffs list buffers
     */
    boolean knowsBuffers();

    /**
     * Remembers this moment. Costs the same whatever is live. Every event whose {@code send} had returned belongs to the
     * time before the mark.
     *
     * @return the mark; close it when no more diffs are wanted
     * @throws TrackerException when the state cannot be read
     */
    Mark mark();

    /**
     * Tells what changed since a mark, including every event whose {@code send} had returned. Costs what has changed, not
     * what is live.
     *
     * @param mark an open mark of this tracker
     * @return what changed
     * @throws TrackerException when the state cannot be read
     */
    SnapshotDiff since(Mark mark);

    /**
     * Tells what was allocated after a mark and freed again, as far as the tracker remembers it: a bounded number of the last
     * ones. Meant for a diagnosis, not for a verdict.
     *
     * @param mark an open mark of this tracker
     * @return the buffers as they were when they were freed; empty where that is not known, as it is by default
     */
    default List<DeviceBuffer> freedSince(Mark mark) {
        return List.of();
    }

    /**
     * Tells everything that is allocated now. Costs what is live.
     *
     * @return the snapshot
     * @throws TrackerException when the state cannot be read
     */
    MemorySnapshot snapshot();

    /**
     * Tells how much the tracker has seen, to find out whether it sees anything.
     *
     * @return a number that rises with whatever the tracker sees happen; it reads what has arrived first
     * @throws TrackerException when the state cannot be read
     */
    long activity();

    /**
     * Writes everything that is allocated now for people to read, a line each buffer where buffers are known.
     *
     * @param out where to write; not closed
     * @throws TrackerException when the state cannot be read
     * @throws IOException when {@code out} fails
     */
    void dump(Appendable out) throws IOException;

    /**
     * Tells how much memory of a kind a device has in all.
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @return bytes; empty where that is not known, as it is by default
     */
    default OptionalLong capacity(int device, MemoryKind kind) {
        return OptionalLong.empty();
    }

    /**
     * Asks a server that keeps a log of its own to write there what is allocated now. Does nothing by default, and nothing
     * comes back; what goes wrong is left to the next question to tell.
     */
    default void requestDump() {}

    /** A remembered moment of one tracker. Closing it twice is harmless. */
    interface Mark extends AutoCloseable {

        /**
         * Returns what was allocated at the mark.
         *
         * @return bytes per device and kind
         */
        MemoryTotals totals();

        /**
         * Returns the {@linkplain io.github.ttmemorycheck.snapshot.DeviceBuffer#order() order} of the last allocation
         * before the mark; 0 where buffers are not known.
         *
         * @return the last order that was given out
         */
        long order();

        /**
         * Returns when the mark was made.
         *
         * @return a time of {@link System#nanoTime()}
         */
        long takenAtNanos();

        /** Forgets the mark. */
        @Override
        void close();
    }
}
