package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.socket.BoundedSocket;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.tracker.DumpText;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.PeerProtocol;
import io.github.ttmemorycheck.internal.wire.PeerProtocol.Operation;
import io.github.ttmemorycheck.internal.wire.SnapshotCodec;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A server of this library in another process, asked on a connection that stays open. Its answers hold every event
 * whose {@code send} had returned. It forgets the marks when the connection ends, by either side.
 *
 * <p>Thread-safe: one lock guards the conversation; each question is bounded.
 */
final class PeerTracker extends ServerTracker {

    /** An answer as long as a list of all buffers may take this many times the patience for a part of it. */
    private static final int WHOLE_ANSWER = 5;

    /** An answer takes this many times the patience for it while the server is handed over, which it says. */
    private static final int HANDOVER = 5;

    private static final String REMEDY = "give each JVM of tests a socket of its own (" + SettingKeys.SOCKET
            + "), or start AllocationServer as a program that outlives them all";

    /** A moment that the server remembers as long as the session lasts. */
    private record PeerMark(
            PeerTracker owner, int session, long serial, long takenAtNanos, long order, MemoryTotals totals)
            implements Mark {

        @Override
        public void close() {
            owner.forget(this);
        }
    }

    private interface Content<T> {
        T read(DataInputStream in) throws IOException;
    }

    private final Path path;
    private final long patienceNanos;
    private volatile ServerIdentity identity;
    private @Nullable BoundedSocket socket;
    private int session;
    private long clockOffset;

    PeerTracker(Path path, ServerIdentity identity, long patienceNanos, Runnable atEnd) {
        super(atEnd);
        this.path = path;
        this.identity = identity;
        this.patienceNanos = patienceNanos;
    }

    /** Begins the conversation, so that the server knows of it before the first mark. */
    synchronized PeerTracker begin() {
        ask("whether it is there", Operation.EVENTS, 0, DataInputStream::readLong);
        return this;
    }

    @Override
    public String description() {
        return "attached allocation server tracker, " + path + ", AllocationServer of " + identity.process();
    }

    @Override
    public boolean knowsBuffers() {
        return true;
    }

    @Override
    public synchronized Mark mark() {
        return ask("a mark", Operation.MARK, 0, in -> {
            long serial = in.readLong();
            long taken = in.readLong() + clockOffset;
            return new PeerMark(this, session, serial, taken, in.readLong(), SnapshotCodec.totals(in));
        });
    }

    @Override
    public synchronized SnapshotDiff since(Mark mark) {
        if (!(mark instanceof PeerMark ours) || ours.owner != this) {
            throw MemoryTracker.notOpen(this);
        }
        String asked = "what changed since a mark";
        if (socket == null || ours.session != session) {
            String found = "the connection that made the mark has ended" + (socket == null ? "" : ", another was made");
            throw unanswered("the allocation server that made the mark has gone", asked, new EOFException(found));
        }
        return ask(asked, Operation.SINCE, ours.serial, in -> SnapshotCodec.diff(in, clockOffset));
    }

    private synchronized void forget(PeerMark mark) {
        if (socket != null && mark.session == session) {
            try {
                ask("to forget a mark", Operation.FORGET, mark.serial, in -> true);
            } catch (TrackerException gone) {
                endConversation();
            }
        }
    }

    @Override
    public synchronized MemorySnapshot snapshot() {
        return ask("all buffers", Operation.SNAPSHOT, 0, in -> SnapshotCodec.snapshot(in, clockOffset));
    }

    @Override
    public synchronized long activity() {
        return ask("the number of events", Operation.EVENTS, 0, DataInputStream::readLong);
    }

    @Override
    public synchronized boolean isOfAnotherRun(int processId) {
        return ask("whose a process is", Operation.OTHERS, processId, DataInputStream::readBoolean);
    }

    @Override
    public void dump(Appendable out) throws IOException {
        DumpText.full().write(snapshot(), out);
    }

    private <T> T ask(String what, Operation operation, long argument, Content<T> content) {
        try {
            BoundedSocket open = socket;
            if (open == null) {
                open = BoundedSocket.connect(path, patienceNanos);
                socket = open;
                session++;
                greet(open);
            }
            return content.read(answer(open, operation, argument));
        } catch (SocketTimeoutException silent) {
            endConversation();
            throw unanswered("the allocation server stopped answering", what, silent);
        } catch (IOException | IllegalArgumentException broken) {
            endConversation();
            throw unanswered("the allocation server has gone", what, broken);
        }
    }

    /** Clocks of two JVMs of one machine may differ by a constant; it is measured to the length of a question. */
    private void greet(BoundedSocket open) throws IOException {
        DataInputStream in = answer(open, Operation.HELLO, PeerProtocol.VERSION);
        int version = in.readInt();
        if (version != PeerProtocol.VERSION) {
            throw new IOException("it speaks version " + version + ", and this is " + PeerProtocol.VERSION);
        }
        clockOffset = System.nanoTime() - in.readLong();
    }

    private DataInputStream answer(BoundedSocket open, Operation operation, long argument) throws IOException {
        long start = System.nanoTime();
        open.send(PeerProtocol.question(
                operation, argument, (int) ProcessHandle.current().pid()));
        // A word of patience may lie there since the last question.
        long patience = patienceNanos;
        byte what;
        int length;
        do {
            ByteBuffer header = ByteBuffer.wrap(receive(open, PeerProtocol.HEADER, start, patience));
            long sign = header.getLong();
            length = header.getInt();
            if (sign != PeerProtocol.ANSWER || length < 0 || length > PeerProtocol.LONGEST) {
                throw new IOException("its answer is none of this protocol");
            }
            what = header.get();
            servedBy(header.getInt());
            patience = what == PeerProtocol.PATIENCE ? HANDOVER * patienceNanos : patienceNanos;
        } while (what == PeerProtocol.PATIENCE);
        byte[] bytes = receive(open, length, start, patience);
        DataInputStream content = new DataInputStream(new ByteArrayInputStream(bytes));
        if (what == PeerProtocol.REFUSED) {
            throw new IOException("it refused: " + content.readUTF());
        }
        return content;
    }

    /** Notes that the server was handed over to another process; 0 says that it was not. */
    private void servedBy(int process) {
        if (process != 0 && process != identity.processId()) {
            identity = ServerIdentity.of(true, identity.generation(), process);
        }
    }

    private static byte[] receive(BoundedSocket open, int length, long start, long patience) throws IOException {
        byte[] bytes = new byte[length];
        int got = 0;
        while (got < length) {
            long bound = Math.min(System.nanoTime() + patience, start + WHOLE_ANSWER * patience);
            int more = open.read(bytes, got, length - got, bound);
            if (more < 0) {
                throw new EOFException("it closed the connection");
            }
            got += more;
        }
        return bytes;
    }

    private TrackerException unanswered(String why, String what, Exception cause) {
        return new TrackerException(
                why,
                what + ", " + path + ", waited at most " + Wording.time(patienceNanos),
                identity.fate(cause),
                REMEDY,
                cause);
    }

    /** Ends the conversation, and the marks. */
    @Override
    synchronized void endConversation() {
        BoundedSocket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }
}
