package io.github.ttmemorycheck.internal.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads a server's answers. An {@link IllegalArgumentException} refuses anything but a whole message of the generation.
 */
public final class ResponseReader {

    private ResponseReader() {}

    public static TotalsResponse totals(byte[] bytes, Generation generation) {
        ByteBuffer in = open(bytes, generation, MessageType.RESPONSE);
        boolean programs = generation.knows(MessageType.CB_ALLOC);
        return new TotalsResponse(
                in.getInt(WireFormat.DEVICE),
                in.getLong(WireFormat.DRAM),
                in.getLong(WireFormat.L1),
                in.getLong(WireFormat.L1_SMALL),
                in.getLong(WireFormat.TRACE),
                programs ? in.getLong(WireFormat.CIRCULAR_BUFFERS) : 0,
                programs ? in.getLong(WireFormat.KERNELS) : 0);
    }

    public static DeviceInfoResponse deviceInfo(byte[] bytes, Generation generation) {
        ByteBuffer in = open(bytes, generation, MessageType.DEVICE_INFO_RESPONSE);
        in.position(WireFormat.deviceInfo(generation));
        return new DeviceInfoResponse(
                in.getInt(WireFormat.DEVICE),
                in.getLong(),
                in.getLong(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt() != 0,
                in.getInt());
    }

    private static ByteBuffer open(byte[] bytes, Generation generation, MessageType expected) {
        if (bytes.length != generation.length()) {
            throw new IllegalArgumentException(
                    "an answer of " + generation + " has " + generation.length() + " bytes, not " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(WireFormat.TYPE) != expected.code()) {
            throw new IllegalArgumentException("expected " + expected + " (type " + expected.code()
                    + "), and the answer begins with " + in.getInt(WireFormat.TYPE));
        }
        return in;
    }
}
