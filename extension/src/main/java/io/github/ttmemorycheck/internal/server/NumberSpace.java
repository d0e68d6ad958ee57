package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.snapshot.MemoryKind;

/** Buffers, circular buffers and kernels are numbered apart: the same number means another thing in each. */
enum NumberSpace {
    BUFFER(0),
    CIRCULAR_BUFFER(1),
    KERNEL(2);

    private final int salt;

    NumberSpace(int salt) {
        this.salt = salt;
    }

    /** Returns what sets the hash codes of equal numbers apart. */
    int salt() {
        return salt;
    }

    static NumberSpace of(MessageType type) {
        return switch (type) {
            case ALLOC, FREE -> BUFFER;
            case CB_ALLOC, CB_FREE -> CIRCULAR_BUFFER;
            case KERNEL_LOAD, KERNEL_UNLOAD -> KERNEL;
            default -> throw new IllegalArgumentException(type + " names no allocation");
        };
    }

    static NumberSpace of(MemoryKind kind) {
        return switch (kind) {
            case CIRCULAR_BUFFER -> CIRCULAR_BUFFER;
            case KERNEL -> KERNEL;
            default -> BUFFER;
        };
    }
}
