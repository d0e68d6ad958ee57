package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.PeerProtocol;
import io.github.ttmemorycheck.internal.wire.SnapshotCodec;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * One client that speaks {@link PeerProtocol}: another program of this library, which uses this server as its own. The
 * marks that it made are its own, and go with its connection.
 *
 * <p>Guarded by the lock of {@link AllocationService}. A question is answered like any other request: in a round of its
 * own, after everything that was sent before it has been read.
 */
final class PeerSession {

    private final EventBook book;
    private final int peer;
    private final Map<Long, ServerMark> marked = new HashMap<>();
    private boolean isKnown;

    /**
     * Makes a session that has asked nothing yet.
     *
     * @param peer the process that connected, as the kernel has it
     */
    PeerSession(EventBook book, int peer) {
        this.book = book;
        this.peer = peer;
    }

    byte[] answer(ClientMessage question, long nowNanos) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean answered = true;
        try {
            try {
                write(question, nowNanos, new DataOutputStream(content));
            } catch (IllegalArgumentException refused) {
                answered = false;
                content.reset();
                new DataOutputStream(content).writeUTF(String.valueOf(refused.getMessage()));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(PeerProtocol.HEADER + content.size());
            DataOutputStream out = new DataOutputStream(bytes);
            PeerProtocol.header(
                    answered ? PeerProtocol.ANSWERED : PeerProtocol.REFUSED,
                    content.size(),
                    book.processes().successor(),
                    out);
            content.writeTo(out);
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory takes everything", impossible);
        }
    }

    /** Writes the answer, or throws an {@link IllegalArgumentException} that says why there is none. */
    private void write(ClientMessage question, long nowNanos, DataOutputStream out) throws IOException {
        long argument = PeerProtocol.argument(question);
        switch (PeerProtocol.operation(question)) {
            case HELLO -> {
                isKnown = true;
                book.processes().isRun(process(question));
                out.writeInt(PeerProtocol.VERSION);
                out.writeLong(nowNanos);
            }
            case MARK -> {
                ServerMark mark = book.mark(nowNanos);
                marked.put(mark.serial(), mark);
                out.writeLong(mark.serial());
                out.writeLong(mark.takenAtNanos());
                out.writeLong(mark.order());
                SnapshotCodec.write(mark.totals(), out);
            }
            case SINCE -> {
                ServerMark mark = marked.get(argument);
                if (mark == null) {
                    throw new IllegalArgumentException(
                            "the mark is not open at this server: it was closed, or made by another tracker");
                }
                TrackerException blind = book.blindness().since(mark.blindBefore(), "another JVM");
                if (blind != null) {
                    throw new IllegalArgumentException(blind.getMessage());
                }
                SnapshotCodec.write(book.since(mark), out);
            }
            case SNAPSHOT -> SnapshotCodec.write(book.snapshot(), out);
            case FORGET -> {
                ServerMark mark = marked.remove(argument);
                if (mark != null) {
                    book.registry().forget(mark);
                }
            }
            case EVENTS -> out.writeLong(book.events());
            case OTHERS ->
                out.writeBoolean(book.processes().isOfAnotherRun(Math.toIntExact(argument), process(question)));
        }
    }

    private int process(ClientMessage question) {
        return peer > 0 ? peer : question.processId();
    }

    /** Returns whether the client has said that it speaks this protocol. */
    boolean isKnown() {
        return isKnown;
    }

    Collection<ServerMark> marked() {
        return marked.values();
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(marked.size());
        for (long serial : marked.keySet()) {
            out.writeLong(serial);
        }
    }

    /** Takes in what another one wrote, when the book has been read. */
    void read(DataInput in) throws IOException {
        for (int more = in.readInt(); more > 0; more--) {
            book.registry().marks().ofSerial(in.readLong()).ifPresent(mark -> marked.put(mark.serial(), mark));
        }
    }

    void end() {
        marked.values().forEach(book.registry()::forget);
        marked.clear();
    }
}
