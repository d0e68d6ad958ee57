package io.github.ttmemorycheck.internal.wire;

import io.github.ttmemorycheck.snapshot.MemoryKind;

/** Buffers, circular buffers and kernels are numbered apart: the same number means another thing in each. */
public enum NumberSpace {
    BUFFER(0),
    CIRCULAR_BUFFER(1),
    KERNEL(2);

    private final int salt;

    NumberSpace(int salt) {
        this.salt = salt;
    }

    /** Returns what sets the hash codes of equal numbers apart. */
    public int salt() {
        return salt;
    }

    /** Returns the space of what an event is about. */
    public static NumberSpace of(MessageType type) {
        return switch (type) {
            case ALLOC, FREE -> BUFFER;
            case CB_ALLOC, CB_FREE -> CIRCULAR_BUFFER;
            case KERNEL_LOAD, KERNEL_UNLOAD -> KERNEL;
            default -> throw new IllegalArgumentException(type + " names no allocation");
        };
    }

    /** Returns the space that a kind of memory is numbered in. */
    public static NumberSpace of(MemoryKind kind) {
        return switch (kind) {
            case CIRCULAR_BUFFER -> CIRCULAR_BUFFER;
            case KERNEL -> KERNEL;
            default -> BUFFER;
        };
    }
}
