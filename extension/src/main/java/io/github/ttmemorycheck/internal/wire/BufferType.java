package io.github.ttmemorycheck.internal.wire;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;

/**
 * How an ALLOC numbers the kinds of buffers: as the runtime's own enum does. Circular buffers and kernels have no
 * number.
 */
public final class BufferType {

    private static final List<MemoryKind> KINDS =
            List.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.SYSTEM_MEMORY, MemoryKind.L1_SMALL, MemoryKind.TRACE);

    static final int HIGHEST = KINDS.size() - 1;

    private BufferType() {}

    /**
     * Returns the number of a kind.
     *
     * @throws IllegalArgumentException when it is not one of buffers
     */
    public static int of(MemoryKind kind) {
        int type = KINDS.indexOf(kind);
        if (type < 0) {
            throw new IllegalArgumentException(kind + " is reported apart from buffers, and has no buffer type");
        }
        return type;
    }

    /** Returns the kind of a number, which must be one that a well-formed ALLOC can have. */
    public static MemoryKind kind(int type) {
        return KINDS.get(type);
    }
}
