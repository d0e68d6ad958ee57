package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.NumberSpace;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.jspecify.annotations.Nullable;

/**
 * One live allocation, and its places among the others. An entry that was removed keeps its last figures.
 *
 * <p>There may be a million of them, so it holds nothing twice: 80 bytes, with the JVM's references of four bytes.
 */
class BufferEntry {

    private final DeviceTotals.Figure figure;
    private final Sender sender;
    private final long number;
    private final long size;
    private final long order;
    private final long seenAtNanos;
    private long references = 1;
    private long allocations = 1;

    /** Neighbours in {@link LiveList}, which alone sets them. */
    @Nullable
    BufferEntry older;

    @Nullable
    BufferEntry newer;

    /** The next one at the same place of {@link BufferTable}, which alone sets it. */
    @Nullable
    BufferEntry nextInTable;

    /** Makes an entry; number (a device address, or a program's run-time number) and size are unsigned. */
    BufferEntry(DeviceTotals.Figure figure, long number, long size, Sender sender, long order, long seenAtNanos) {
        this.figure = figure;
        this.number = number;
        this.size = size;
        this.sender = sender;
        this.order = order;
        this.seenAtNanos = seenAtNanos;
    }

    DeviceTotals.Figure figure() {
        return figure;
    }

    int device() {
        return figure.device();
    }

    MemoryKind kind() {
        return figure.kind();
    }

    long number() {
        return number;
    }

    boolean is(int device, NumberSpace space, long otherNumber) {
        return number == otherNumber && figure.device() == device && figure.space() == space;
    }

    @SuppressWarnings("ReferenceEquality") // a process is one object as long as it lives
    boolean isOf(TrackedProcess process) {
        return sender.process() == process;
    }

    /** Returns whether an allocation is a further reference to this buffer of the same process and address. */
    boolean isSame(MemoryKind kind, long otherSize) {
        return size == otherSize && figure.kind() == kind;
    }

    /** Returns whether a reference to it was given back. */
    boolean wasFreed() {
        return references < allocations;
    }

    TrackedProcess owner() {
        return sender.process();
    }

    Sender sender() {
        return sender;
    }

    long order() {
        return order;
    }

    /** Returns its bytes as an unsigned number of 64 bits. */
    long shownSize() {
        return size;
    }

    void subtractFrom(UnsignedTotal total) {
        total.subtract(size);
    }

    long references() {
        return references;
    }

    long allocations() {
        return allocations;
    }

    long seenAtNanos() {
        return seenAtNanos;
    }

    /** Sets what another server counted. */
    void counted(long ofReferences, long ofAllocations) {
        references = ofReferences;
        allocations = ofAllocations;
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

    /** Returns the order of the buffer that this is a further reference to; 0 for a buffer. */
    long referenceTo() {
        return 0;
    }

    /** Returns whether it holds kernels of the system alone. */
    boolean ofSystem() {
        return false;
    }

    final DeviceBuffer describe() {
        return new DeviceBuffer(
                device(),
                kind(),
                number,
                shownSize(),
                references,
                allocations,
                owner().processId(),
                order,
                seenAtNanos,
                referenceTo(),
                ofSystem());
    }
}
