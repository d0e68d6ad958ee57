package io.github.ttmemorycheck.internal.wire;

import java.util.List;

/**
 * The generations of the allocation server's messages in the field. They agree in the first {@value #COMMON} bytes; a
 * client leaves everything behind those zero.
 */
public enum Generation {
    /** 72 bytes: allocations, frees, totals and dumps. */
    G1(72),
    /** 112 bytes: adds a device's description. */
    G2(112),
    /** 128 bytes: adds circular buffers and kernels. */
    G3(128),
    /** 144 bytes: adds the kernel ring buffer. */
    G4(144);

    /** Length in bytes of the part that all generations share. */
    public static final int COMMON = 72;

    /** Most zero bytes that can follow the common part of one message. */
    public static final int LONGEST_TAIL = 72;

    private static final List<Generation> NEWEST_FIRST = List.of(G4, G3, G2, G1);

    private final int length;

    Generation(int length) {
        this.length = length;
    }

    public int length() {
        return length;
    }

    public int tail() {
        return length - COMMON;
    }

    public boolean knows(MessageType type) {
        return compareTo(type.since()) >= 0;
    }

    /** Returns the newest generation whose tail is no longer than the zero bytes seen behind a message. */
    public static Generation ofTail(int zeros) {
        for (Generation generation : NEWEST_FIRST) {
            if (generation.tail() <= zeros) {
                return generation;
            }
        }
        throw new IllegalArgumentException("a tail cannot have " + zeros + " bytes");
    }
}
