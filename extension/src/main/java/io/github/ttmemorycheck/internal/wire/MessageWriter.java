package io.github.ttmemorycheck.internal.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes messages of any generation. An {@link IllegalArgumentException} says that the generation has none such. */
public final class MessageWriter {

    private MessageWriter() {}

    public static byte[] write(ClientMessage message, Generation generation) {
        byte[] bytes = new byte[generation.length()];
        ByteBuffer out = start(bytes, message.type(), message.device(), generation);
        out.putLong(WireFormat.SIZE, message.size());
        out.put(WireFormat.SUBTYPE, (byte) message.subtype());
        out.putInt(WireFormat.PROCESS, message.processId());
        out.putLong(WireFormat.BUFFER, message.bufferId());
        out.putLong(WireFormat.TIMESTAMP, message.timestamp());
        return bytes;
    }

    /** Writes the answer to a QUERY, with the figures that the generation has fields for. */
    public static byte[] write(TotalsResponse response, Generation generation) {
        byte[] bytes = new byte[generation.length()];
        ByteBuffer out = start(bytes, MessageType.RESPONSE, response.device(), generation);
        out.putLong(WireFormat.DRAM, response.dram());
        out.putLong(WireFormat.L1, response.l1());
        out.putLong(WireFormat.L1_SMALL, response.l1Small());
        out.putLong(WireFormat.TRACE, response.trace());
        if (generation.knows(MessageType.CB_ALLOC)) {
            out.putLong(WireFormat.CIRCULAR_BUFFERS, response.circularBuffers());
            out.putLong(WireFormat.KERNELS, response.kernels());
        }
        return bytes;
    }

    public static byte[] write(DeviceInfoResponse response, Generation generation) {
        byte[] bytes = new byte[generation.length()];
        ByteBuffer out = start(bytes, MessageType.DEVICE_INFO_RESPONSE, response.device(), generation);
        out.position(WireFormat.deviceInfo(generation));
        out.putLong(response.totalDram()).putLong(response.totalL1());
        out.putInt(response.architecture()).putInt(response.dramChannels());
        out.putInt(response.dramPerChannel()).putInt(response.l1PerCore());
        out.putInt(response.available() ? 1 : 0).putInt(response.devices());
        return bytes;
    }

    private static ByteBuffer start(byte[] bytes, MessageType type, int device, Generation generation) {
        if (!generation.knows(type)) {
            throw new IllegalArgumentException(generation + " (" + generation.length() + " bytes) has no " + type
                    + "; it came with " + type.since() + " (" + type.since().length() + " bytes)");
        }
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put(WireFormat.TYPE, (byte) type.code());
        out.putInt(WireFormat.DEVICE, device);
        return out;
    }
}
