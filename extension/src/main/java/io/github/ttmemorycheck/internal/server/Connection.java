package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageReader;
import io.github.ttmemorycheck.internal.wire.PeerProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One client. What it sends is booked; behind a question it is not read until that was answered.
 *
 * <p>Guarded by the lock of {@link AllocationService}; its channel never blocks.
 */
final class Connection {

    /**
     * How long the bytes that show a request's length may be missing: a client sends a message with one call, so that
     * only one whose process was held up in between needs it. A client of the shorter generations waits so long for its
     * first answer.
     */
    static final long PATIENCE_NANOS = 100_000_000;

    /** A request and the generation to answer it in. */
    record Asked(ClientMessage request, Generation generation) {}

    private final long serial;
    private final int peerProcess;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final EventBook book;
    private final Outbox outbox;
    private final MessageReader reader = new MessageReader();
    private final MessageReader.Sink sink = new Received();
    private final Map<Integer, Sender> senders = new HashMap<>();
    private final PeerSession peer;
    private @Nullable Sender lastSender;
    private int lastNumber;
    private @Nullable Asked asked;
    private long decideAtNanos;
    private long batchNanos;
    private long drain;
    private long readInDrain;
    private boolean emptied;
    private boolean hasEnded;
    private boolean warned;

    /**
     * Takes a client in.
     *
     * @param serial rises with each client that was let in
     * @param peer the process that connected, as the kernel has it
     */
    Connection(long serial, int peer, SocketChannel channel, SelectionKey key, EventBook book) {
        this.serial = serial;
        this.peerProcess = peer;
        this.channel = channel;
        this.key = key;
        this.book = book;
        this.outbox = new Outbox(channel);
        this.peer = new PeerSession(book, peer);
    }

    /** Writes all that a server must know to go on with this client; what the client sends meanwhile waits. */
    void write(StateWriter out) throws IOException {
        out.writeLong(serial);
        out.writeInt(peerProcess);
        out.writeBoolean(hasEnded);
        out.writeBoolean(warned);
        out.writeLong(decideAtNanos);
        reader.write(out);
        outbox.write(out);
        out.writeInt(senders.size());
        for (Map.Entry<Integer, Sender> each : senders.entrySet()) {
            out.writeInt(each.getKey());
            out.sender(each.getValue());
        }
        peer.write(out);
        out.writeBoolean(asked != null);
        if (asked != null) {
            asked.request().write(out);
            out.writeInt(asked.generation().tail());
        }
    }

    /** Goes on with a client that another server had; the book and the first two figures have been read. */
    void resume(StateReader in) throws IOException {
        hasEnded = in.readBoolean();
        warned = in.readBoolean();
        decideAtNanos = in.readLong();
        reader.resume(in);
        outbox.read(in);
        for (int more = in.readInt(); more > 0; more--) {
            senders.put(in.readInt(), in.sender());
        }
        peer.read(in);
        asked = in.readBoolean() ? new Asked(ClientMessage.read(in), Generation.ofTail(in.readInt())) : null;
    }

    boolean isClosed() {
        return !channel.isOpen();
    }

    SocketChannel channel() {
        return channel;
    }

    /** Returns whether a process is at the other end, so far, that is not the one of a number. */
    boolean isOfAnother(int process) {
        return !hasEnded && peerProcess != process;
    }

    /**
     * Reads until the client has sent no more, a request stops it, the stream ends, or enough was read.
     *
     * @param buffer where to read to; its content is of no use afterwards
     * @param enough bytes after which to stop
     * @param toTheEnd whether to find out that the stream has ended, which takes another call to the kernel: a reading
     *     that does not fill the buffer took all that there was, but does not show that
     */
    void read(ByteBuffer buffer, long enough, boolean toTheEnd) {
        long total = 0;
        while (asked == null && !hasEnded && total < enough) {
            buffer.clear();
            reader.begin(buffer);
            int room = buffer.remaining();
            int got = room == 0 ? 0 : receive(buffer);
            buffer.flip();
            batchNanos = System.nanoTime();
            boolean goesOn = reader.take(buffer, sink);
            emptied |= got < room && !reader.isStopped();
            if (got > 0) {
                total += got;
                readInDrain += got;
                // Counted from the last arrival: at most one pause for each of the 72 zeros that can be missing.
                decideAtNanos = batchNanos + PATIENCE_NANOS;
            }
            if (reader.isLost() && got > 0) {
                // A native client whose connection is closed is killed at its next event, so it is heard out.
                blind("it sends what is not the allocation protocol, and is not listened to any more");
            }
            if (goesOn && got < 0) {
                reader.end(sink);
                end();
            } else if (goesOn && got < room && (got == 0 || !toTheEnd)) {
                break;
            }
        }
        if (reader.isUndecided() && (reader.isAsLongAsBefore() || System.nanoTime() - decideAtNanos >= 0)) {
            reader.decide(sink);
        }
    }

    /**
     * Reads all that a client sent that has gone: nobody waits for answers any more. A selector of junixsocket closes
     * the channel of such a client when it is next asked, so nothing may stay unread.
     */
    void readToTheEnd(ByteBuffer buffer, long enough) {
        read(buffer, enough, true);
        while (asked != null && !hasEnded) {
            asked = null;
            read(buffer, enough, true);
        }
    }

    /** Returns whether some of what was sent before a drain began may still be unread. */
    boolean isUnread(long ofDrain) {
        if (drain != ofDrain) {
            drain = ofDrain;
            readInDrain = 0;
            emptied = false;
        }
        return !hasEnded && !emptied && readInDrain < SocketBuffers.MOST;
    }

    private int receive(ByteBuffer buffer) {
        try {
            return channel.read(buffer);
        } catch (IOException reset) {
            // The client closed without reading an answer. All it had sent before has been received.
            return -1;
        }
    }

    /** Returns who is at the other end, for messages. */
    String who() {
        return peerProcess > 0 ? "pid " + peerProcess : "a client";
    }

    private void blind(String why) {
        book.blindness()
                .note(
                        who() + " was not understood: " + why,
                        "use a tt-memory-check that knows that client's generation, or end the client");
    }

    private void end() {
        hasEnded = true;
        senders.values().forEach(Sender::disconnect);
        senders.clear();
        lastSender = null;
        peer.end();
    }

    long serial() {
        return serial;
    }

    /** The client, as one that asks for more than the protocol of the allocation server has. */
    PeerSession peer() {
        return peer;
    }

    @Nullable
    Asked asked() {
        return asked;
    }

    /** Sends the answer to what was asked, without waiting for the client to take it; reading can go on then. */
    void answer(byte[] answer) {
        asked = null;
        outbox.send(answer);
        if (outbox.isOverfull()) {
            giveUp();
        }
    }

    /** Tells a client that uses this server as its own that its answers take longer; others do not understand that. */
    void askForPatience() {
        if (!hasEnded && peer.isKnown()) {
            outbox.send(PeerProtocol.patience());
        }
    }

    /** Lets a client go that asks and does not read what it is answered. */
    void giveUp() {
        if (!hasEnded) {
            book.notices()
                    .warn("a connection is closed: its client asks and does not read the answers, " + outbox.unsent()
                            + " bytes of them wait");
            outbox.forget();
            end();
        }
    }

    /** Returns how many bytes of answers it has not read. */
    long unsent() {
        return outbox.unsent();
    }

    void flush() {
        outbox.flush();
    }

    /** Returns whether the length of a request is open, so that {@link #read} must be called again in time. */
    boolean isUndecided() {
        return reader.isUndecided();
    }

    /** Returns how long from now an undecided request waits until it is decided with what has come. */
    long patience(long nowNanos) {
        return reader.isUndecided() ? Math.max(0, decideAtNanos - nowNanos) : Long.MAX_VALUE;
    }

    boolean isOver() {
        return hasEnded && asked == null && (outbox.isEmpty() || outbox.isOverfull());
    }

    /** Asks the selector for what is still to be done; returns whether that changed. */
    boolean updateInterest() {
        int wanted = (hasEnded ? 0 : SelectionKey.OP_READ) | (outbox.isEmpty() ? 0 : SelectionKey.OP_WRITE);
        return key.isValid() && key.interestOps() != wanted && key.interestOps(wanted) != null;
    }

    void close() {
        if (!hasEnded) {
            end();
        }
        try {
            channel.close();
        } catch (IOException e) {
            book.notices().debug("closing a connection failed: " + e);
        }
    }

    final class Received implements MessageReader.Sink {

        @Override
        public void message(ClientMessage message) {
            switch (message.type()) {
                case DUMP_REMAINING, DUMP_KERNELS -> book.askForDump(message.type());
                default -> {
                    Sender sender = sender(message.processId());
                    if (sender != null) {
                        book.enter(message, sender, batchNanos);
                    }
                }
            }
        }

        private @Nullable Sender sender(int ownNumber) {
            Sender sender = lastSender;
            if (sender == null || lastNumber != ownNumber || sender.process().hasEnded()) {
                sender = senders.compute(
                        ownNumber,
                        (number, known) -> known == null || known.process().hasEnded()
                                ? book.connected(peerProcess, number)
                                : known);
                lastSender = sender;
                lastNumber = ownNumber;
            }
            return sender;
        }

        @Override
        public void request(ClientMessage request, Generation generation) {
            asked = new Asked(request, generation);
        }

        @Override
        public void malformed(String reason, String hex) {
            book.countMalformed();
            if (!warned) {
                warned = true;
                book.notices().warn("a message could not be read: " + reason + "; its bytes: " + hex);
            }
            blind("it sent a message that is not of a known generation of the allocation protocol (" + reason + ")");
        }
    }
}
