package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.jspecify.annotations.Nullable;

/**
 * One live allocation, and its places among the others. An entry that was removed keeps its last figures.
 *
 * <p>Guarded by the server's lock, as everything below {@link Ledger}.
 */
final class BufferEntry {

    private final BufferId id;
    private final MemoryKind kind;
    private final TrackedProcess owner;
    private final long order;
    private final long seenAtNanos;
    private final UnsignedTotal size = new UnsignedTotal();
    private long references = 1;
    private long allocations = 1;

    /** Neighbours in {@link LiveList}, which alone sets them. */
    @Nullable
    BufferEntry older;

    @Nullable
    BufferEntry newer;

    /** What was added to the same id before the mark that came between; set by {@link BufferRegistry} alone. */
    @Nullable
    BufferEntry below;

    BufferEntry(BufferId id, MemoryKind kind, long size, TrackedProcess owner, long order, long seenAtNanos) {
        this.id = id;
        this.kind = kind;
        this.owner = owner;
        this.order = order;
        this.seenAtNanos = seenAtNanos;
        this.size.add(size);
    }

    BufferId id() {
        return id;
    }

    MemoryKind kind() {
        return kind;
    }

    TrackedProcess owner() {
        return owner;
    }

    long order() {
        return order;
    }

    UnsignedTotal size() {
        return size;
    }

    boolean isLastReference() {
        return references == 1;
    }

    void allocatedAgain() {
        references++;
        allocations++;
    }

    void freedOnce() {
        references--;
    }

    DeviceBuffer describe() {
        return new DeviceBuffer(
                id.device(),
                kind,
                id.number(),
                size.shown(),
                references,
                allocations,
                owner.processId(),
                order,
                seenAtNanos);
    }
}
