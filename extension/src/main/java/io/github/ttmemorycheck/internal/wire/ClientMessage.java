package io.github.ttmemorycheck.internal.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A message that a client sends: an event, a request for an answer, or a request for a dump.
 *
 * @param type its type; never an answer's
 * @param device the logical device number; any value
 * @param size bytes, unsigned; 0 where the type has none
 * @param subtype the buffer type of an ALLOC, the kernel's type of a KERNEL_LOAD, otherwise 0 to 255 without a meaning
 * @param processId the sender's process id, as it calls itself
 * @param bufferId the device address, or the program's run-time number for kernels; unsigned
 * @param timestamp the sender's system clock in its own ticks; 0 where the type has none
 */
public record ClientMessage(
        MessageType type, int device, long size, int subtype, int processId, long bufferId, long timestamp) {

    public ClientMessage {
        if (type.isAnswer()) {
            throw new IllegalArgumentException("a client never sends " + type);
        }
        if (subtype < 0 || subtype > WireFormat.highestSubtype(type)) {
            throw new IllegalArgumentException("byte " + WireFormat.SUBTYPE + " of " + type + " must be 0 to "
                    + WireFormat.highestSubtype(type) + ", not " + subtype);
        }
    }

    /** Returns whether it loads a kernel of the system: of its fabric, or for dispatch. */
    public boolean isOfSystem() {
        return type == MessageType.KERNEL_LOAD && subtype != WireFormat.KERNEL_OF_APPLICATION;
    }

    /** Writes it for {@link #read}, in a form that has no generation. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(type.code());
        out.writeInt(device);
        out.writeLong(size);
        out.writeInt(subtype);
        out.writeInt(processId);
        out.writeLong(bufferId);
        out.writeLong(timestamp);
    }

    /** Reads what {@link #write} wrote. */
    public static ClientMessage read(DataInput in) throws IOException {
        MessageType type = MessageType.byCode(in.readInt());
        if (type == null) {
            throw new IOException("there is no such type of a message");
        }
        return new ClientMessage(
                type, in.readInt(), in.readLong(), in.readInt(), in.readInt(), in.readLong(), in.readLong());
    }

    /** Makes a message that has a device only: a request, or a request for a dump. */
    public static ClientMessage request(MessageType type, int device) {
        return new ClientMessage(type, device, 0, 0, 0, 0, 0);
    }
}
