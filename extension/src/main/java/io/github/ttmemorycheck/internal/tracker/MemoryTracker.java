package io.github.ttmemorycheck.internal.tracker;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Knows what is allocated on the devices.
 *
 * <p>Every method may be called from any thread, waits for a bounded time only, and throws a {@link TrackerException}
 * when the answer is not known: what is not known is never given as zero.
 */
public interface MemoryTracker {

    /** Says what it is and where it looks, for messages: {@code embedded tracker, /tmp/tt_allocation_server.sock}. */
    String description();

    /** Returns whether snapshots and diffs list buffers; else they have totals only, of some devices at least. */
    boolean knowsBuffers();

    /** Returns whether snapshots and diffs list the buffers of one kind on one device. */
    default boolean knowsBuffers(MemoryPool pool) {
        return knowsBuffers();
    }

    /** Returns whether there are figures of a kind at all; by default of each. */
    default boolean hasFiguresOf(MemoryKind kind) {
        return true;
    }

    /**
     * Returns whether a process is one of those whose memory there are figures of. By default each is: it is not known
     * better.
     */
    default boolean hasHeardOf(int processId) {
        return true;
    }

    /**
     * Returns what was seen since a mark and does not count, but ought to be known to whoever judges, a sentence each:
     * by default nothing.
     */
    default List<String> remarks(Mark mark) {
        return List.of();
    }

    /**
     * Remembers this moment, after every event whose {@code send} had returned. The cost does not depend on what is
     * live.
     */
    Mark mark();

    /**
     * Returns what changed since a mark, every event included whose {@code send} had returned. The cost depends on what
     * has changed, not on what is live.
     *
     * @throws IllegalStateException when the mark was closed or belongs to another tracker
     */
    SnapshotDiff since(Mark mark);

    /**
     * Returns the last buffers that were allocated after a mark and freed again, as they were when they were freed; no
     * more of them than the tracker remembers, by default none. Meant for a diagnosis, not for a verdict.
     */
    default List<DeviceBuffer> freedSince(Mark mark) {
        return List.of();
    }

    /** Returns what each living process holds now by figures that name no buffer; by default there are none. */
    default List<ProcessUse> usesInTotals() {
        return List.of();
    }

    /** Returns what sources that are not there, and that nobody named, could have told, a sentence each. */
    default List<String> absent() {
        return List.of();
    }

    /** Returns everything that is allocated now. The cost depends on what is live. */
    MemorySnapshot snapshot();

    /** Returns a number that rises with whatever the tracker sees happen; what has arrived is read first. */
    long activity();

    /** Returns whether a process belongs to another JVM of tests that uses the tracker too; by default none does. */
    default boolean isOfAnotherRun(int processId) {
        return false;
    }

    /** Writes everything that is allocated now for people to read; a line for each buffer where buffers are known. */
    void dump(Appendable out) throws IOException;

    /** Returns how many bytes a device has of a kind in all; empty where that is not known, as it is by default. */
    default OptionalLong capacity(MemoryPool pool) {
        return OptionalLong.empty();
    }

    /**
     * How much of a kind of memory is free on a device, in bytes.
     *
     * @param largest the largest piece of it
     */
    record Room(long free, long largest) {}

    /** Returns how much is free; empty where that is not known, as it is by default. */
    default Optional<Room> room(MemoryPool pool) {
        return Optional.empty();
    }

    /**
     * Asks a server that keeps a log of its own to write there what is allocated now. There is no answer: a failure
     * shows at the next question. Does nothing by default.
     */
    default void requestDump() {}

    /** Makes the exception for a mark that a tracker did not make, or does not know any more. */
    static IllegalStateException notOpen(MemoryTracker tracker) {
        return new IllegalStateException("a mark can be compared only by the tracker that made it, and only until it is"
                + " closed; this one is not open at the " + tracker.description());
    }

    /** A remembered moment of one tracker. Closing it twice is harmless. */
    interface Mark extends AutoCloseable {

        MemoryTotals totals();

        /**
         * Returns the {@linkplain DeviceBuffer#order() order} of the last allocation before the mark; 0 where buffers
         * are not known.
         */
        long order();

        /** Returns whether a buffer was allocated after the mark. */
        default boolean isBefore(DeviceBuffer buffer) {
            return buffer.order() > order();
        }

        /** Returns when the mark was made, by {@link System#nanoTime()}. */
        long takenAtNanos();

        @Override
        void close();
    }
}
