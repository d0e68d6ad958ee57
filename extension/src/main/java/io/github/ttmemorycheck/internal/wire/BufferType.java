package io.github.ttmemorycheck.internal.wire;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;

/** The kinds of buffers as an ALLOC numbers them, and the runtime. Circular buffers and kernels have no number. */
public final class BufferType {

    private static final List<MemoryKind> KINDS =
            List.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.SYSTEM_MEMORY, MemoryKind.L1_SMALL, MemoryKind.TRACE);

    static final int HIGHEST = KINDS.size() - 1;

    private BufferType() {}

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

    /** Returns the memory that a kind is a part of: the parts of one have no address in common. */
    public static MemoryKind memory(MemoryKind kind) {
        return kind == MemoryKind.TRACE ? MemoryKind.DRAM : kind == MemoryKind.L1_SMALL ? MemoryKind.L1 : kind;
    }
}
