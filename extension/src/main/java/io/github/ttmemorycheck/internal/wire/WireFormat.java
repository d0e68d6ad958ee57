package io.github.ttmemorycheck.internal.wire;

import java.nio.ByteBuffer;

/**
 * Where each field of a message stands, and what a well-formed client message looks like. All fields are little-endian.
 */
final class WireFormat {

    static final int TYPE = 0;
    static final int DEVICE = 4;
    static final int SIZE = 8;
    static final int SUBTYPE = 16;
    static final int PROCESS = 20;
    static final int BUFFER = 24;
    static final int TIMESTAMP = 32;
    static final int DRAM = 40;
    static final int L1 = 48;
    static final int L1_SMALL = 56;
    static final int TRACE = 64;
    static final int CIRCULAR_BUFFERS = 72;
    static final int KERNELS = 80;

    static final int KERNEL_OF_APPLICATION = 0;

    /** That of kernels for dispatch; between them are those of the fabric. */
    private static final int HIGHEST_KERNEL_TYPE = 2;

    private static final int HIGHEST_BYTE = 255;

    private WireFormat() {}

    /** Returns where the description of the device starts; G1 has none. */
    static int deviceInfo(Generation generation) {
        return generation == Generation.G2 ? 72 : 88;
    }

    static int highestSubtype(MessageType type) {
        return switch (type) {
            case ALLOC -> BufferType.HIGHEST;
            case KERNEL_LOAD -> HIGHEST_KERNEL_TYPE;
            default -> HIGHEST_BYTE;
        };
    }

    /** Returns whether the bytes that every client leaves zero are zero, whatever the type. */
    static boolean isFramed(ByteBuffer in, int at) {
        return (in.getInt(at) & ~HIGHEST_BYTE) == 0
                && (in.getInt(at + SUBTYPE) & ~HIGHEST_BYTE) == 0
                && (in.getLong(at + DRAM) | in.getLong(at + L1) | in.getLong(at + L1_SMALL) | in.getLong(at + TRACE))
                        == 0;
    }

    /** Returns whether a client can have sent these bytes. */
    static boolean isWellFormed(ByteBuffer in, int at) {
        MessageType type = MessageType.byCode(in.getInt(at + TYPE));
        return type != null && !type.isAnswer() && isFramed(in, at) && in.getInt(at + SUBTYPE) <= highestSubtype(type);
    }

    /** Says why these bytes are not a client's message. */
    static String fault(ByteBuffer in, int at) {
        if (!isFramed(in, at)) {
            return "bytes 1-3, 17-19 and 40-71 of a client's message are zero, and here they are not";
        }
        MessageType type = MessageType.byCode(in.getInt(at + TYPE));
        if (type == null) {
            return "there is no message type " + in.getInt(at + TYPE);
        }
        if (type.isAnswer()) {
            return "only a server sends " + type;
        }
        return "byte " + SUBTYPE + " of " + type + " must be 0 to " + highestSubtype(type) + ", not "
                + in.getInt(at + SUBTYPE);
    }

    static ClientMessage message(ByteBuffer in, int at, MessageType type) {
        return new ClientMessage(
                type,
                in.getInt(at + DEVICE),
                in.getLong(at + SIZE),
                in.getInt(at + SUBTYPE),
                in.getInt(at + PROCESS),
                in.getLong(at + BUFFER),
                in.getLong(at + TIMESTAMP));
    }
}
