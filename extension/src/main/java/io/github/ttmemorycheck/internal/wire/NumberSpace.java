package io.github.ttmemorycheck.internal.wire;

import io.github.ttmemorycheck.snapshot.MemoryKind;

/** Buffers, circular buffers and kernels are numbered apart: the same number means another thing in each. */
public enum NumberSpace {
    BUFFER,
    CIRCULAR_BUFFER,
    KERNEL;

    public static NumberSpace of(MessageType type) {
        return switch (type) {
            case ALLOC, FREE -> BUFFER;
            case CB_ALLOC, CB_FREE -> CIRCULAR_BUFFER;
            case KERNEL_LOAD, KERNEL_UNLOAD -> KERNEL;
            default -> throw new IllegalArgumentException(type + " names no allocation");
        };
    }

    public static NumberSpace of(MemoryKind kind) {
        return switch (kind) {
            case CIRCULAR_BUFFER -> CIRCULAR_BUFFER;
            case KERNEL -> KERNEL;
            default -> BUFFER;
        };
    }
}
