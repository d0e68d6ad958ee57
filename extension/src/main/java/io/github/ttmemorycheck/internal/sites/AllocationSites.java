package io.github.ttmemorycheck.internal.sites;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.Optional;

/**
 * Records where Java code of this JVM allocated the device memory that is live. All clients share one record, as a
 * failure message does not know who reported.
 *
 * <p>Off until a run turns it on, and then an allocation costs one read of a field more. On, each allocation looks at
 * the top of its stack; a free never does. Both the buffers and the places are limited, so that the record takes some
 * 80 MiB at most. Thread-safe.
 */
public final class AllocationSites {

    /** How many live buffers are recorded; further ones are not. */
    public static final int MOST_BUFFERS = 1 << 20;

    /** How many places are distinguished while the JVM runs; what is allocated at further ones is not recorded. */
    public static final int MOST_PLACES = 10_000;

    private static final SiteTable TABLE = new SiteTable(MOST_BUFFERS, MOST_PLACES);

    private static volatile boolean recording;

    private AllocationSites() {}

    /** Turns the recording on or off; what was recorded stays until it is freed. */
    public static void record(boolean on) {
        recording = on;
    }

    /** Returns whether a limit was reached, so that buffers of Java code may be without their place. */
    public static boolean isFull() {
        return TABLE.isFull();
    }

    /**
     * Returns where a live buffer was allocated, or a further reference to one was added. Empty when that was not
     * recorded.
     */
    public static Optional<AllocationSite> find(DeviceBuffer buffer) {
        return TABLE.find(
                SiteTable.Key.of(buffer.processId(), buffer.device(), buffer.kind(), buffer.address()),
                buffer.allocations());
    }

    /**
     * Records the calling stack for an allocation.
     *
     * @param processId the process that the client reports for
     */
    public static void allocated(int processId, int device, MemoryKind kind, long address) {
        if (recording) {
            TABLE.allocated(SiteTable.Key.of(processId, device, kind, address), CallingFrames.find());
        }
    }

    /** Forgets the place of an allocation with its last reference. */
    public static void freed(int processId, int device, MemoryKind kind, long address) {
        TABLE.freed(SiteTable.Key.of(processId, device, kind, address));
    }
}
