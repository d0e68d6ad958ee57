package io.github.ttmemorycheck.internal.server;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Answers on their way to one client. Never waits: what the client does not take at once is kept, up to a limit. A
 * single answer may be longer than the limit, as a list of all buffers is; no second one is kept behind it.
 */
final class Outbox {

    /** Unsent bytes at which a client is taken for one that never reads: some 450 of the longest fixed answers. */
    static final int LIMIT = 64 * 1024;

    private final WritableByteChannel channel;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private boolean broken;

    Outbox(WritableByteChannel channel) {
        this.channel = channel;
    }

    void send(byte[] answer) {
        if (!broken) {
            unsent.addLast(ByteBuffer.wrap(answer));
            flush();
        }
    }

    void flush() {
        try {
            while (!unsent.isEmpty()) {
                ByteBuffer next = unsent.getFirst();
                channel.write(next);
                if (next.hasRemaining()) {
                    return;
                }
                unsent.removeFirst();
            }
        } catch (IOException theClientIsGone) {
            // What it sent before it went is still to be read: only the answers are lost.
            broken = true;
            unsent.clear();
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(broken);
        out.writeInt(unsent.size());
        for (ByteBuffer each : unsent) {
            byte[] bytes = new byte[each.remaining()];
            each.duplicate().get(bytes);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    /** Takes in, while it is empty, what another one wrote. */
    void read(DataInput in) throws IOException {
        broken = in.readBoolean();
        for (int more = in.readInt(); more > 0; more--) {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            unsent.addLast(ByteBuffer.wrap(bytes));
        }
    }

    boolean isEmpty() {
        return unsent.isEmpty();
    }

    boolean isOverfull() {
        return unsent.size() > 1 && unsent() > LIMIT;
    }

    long unsent() {
        return unsent.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    /** Sends nothing more. */
    void forget() {
        broken = true;
        unsent.clear();
    }
}
