package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.process.ProcessThreads;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.socket.BoundedSocket;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.internal.wire.MessageWriter;
import io.github.ttmemorycheck.internal.wire.PeerProtocol;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Finds out what a server is, with what every server survives: one QUERY of 72 bytes, alone on its connection, whose
 * whole answer is read. The length of the answer shows the generation. A server that waits for a longer message gets
 * zeros when no answer has come for a while, which no server minds. Then it is asked, in a message of that length,
 * whether it is one of this library: a busy one, which takes what comes, may have seen zeros before it answered.
 */
final class ServerProbe {

    /** What to do where a server that is needed gives no answer. */
    static final String REMEDY = "start the server again, or end it and let the JVM of the tests serve: "
            + SettingKeys.TRACKER + "=embedded";

    /** An answer is sent at once; this long after its first part nothing more belongs to it. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** The version, and the time of its clock. */
    private static final int HELLO_ANSWER = Integer.BYTES + Long.BYTES;

    private ServerProbe() {}

    static boolean isListening(Path path) {
        try {
            BoundedSocket.connect(path, PAUSE_NANOS * 25).close();
            return true;
        } catch (SocketTimeoutException busy) {
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Returns the user who serves at a path, where that is neither the one of this process nor root. */
    static OptionalLong foreignUser(Path path) {
        try (BoundedSocket socket = BoundedSocket.connect(path, PAUSE_NANOS * 25)) {
            return socket.foreignUser();
        } catch (IOException | UnsupportedOperationException notTold) {
            return OptionalLong.empty();
        }
    }

    /**
     * Asks a server what it is.
     *
     * @throws TrackerException when nobody listens, or no answer came in time
     */
    static ServerIdentity identify(Path path, long patienceNanos) {
        long deadline = System.nanoTime() + patienceNanos;
        OptionalLong stranger = foreignUser(path);
        if (stranger.isPresent()) {
            throw new TrackerException(
                    "the allocation server is another user's",
                    "who serves at " + path,
                    "user " + stranger.getAsLong() + ", and only servers of this user and of root count",
                    "set " + SettingKeys.SOCKET + " to a path of your own, which the processes that open the device"
                            + " report to",
                    null);
        }
        String asked = "what it is, " + path + ", waited " + Wording.time(patienceNanos);
        int process = -1;
        try {
            Answer plain = alone(
                    path, MessageWriter.write(ClientMessage.request(MessageType.QUERY, 0), Generation.G1), deadline);
            process = plain.process;
            Generation generation = Arrays.stream(Generation.values())
                    .filter(known -> known.length() == plain.bytes.remaining())
                    .findFirst()
                    .orElseThrow(() -> new IOException(
                            "its answer has " + plain.bytes.remaining() + " bytes; known are 72, 112, 128 and 144"));
            OptionalInt servedBy = peer(path, generation, deadline);
            return ServerIdentity.of(
                    servedBy.isPresent(), generation, servedBy.orElse(0) == 0 ? process : servedBy.getAsInt());
        } catch (SocketTimeoutException silent) {
            throw unanswered("the allocation server does not answer", asked, process, silent);
        } catch (IOException e) {
            throw unanswered("no allocation server answers", asked, process, e);
        }
    }

    private static TrackerException unanswered(String why, String asked, int process, IOException e) {
        String by = process < 0
                ? ""
                : ServerIdentity.of(false, Generation.G1, process).process() + ": ";
        return new TrackerException(why, asked, by + ServerIdentity.said(e), REMEDY, e);
    }

    /**
     * Returns, of a server of this library, the process that serves in place of the one that listened, or 0. A word of
     * patience may follow its answer at once, when it is handed over.
     */
    private static OptionalInt peer(Path path, Generation generation, long deadline) throws IOException {
        byte[] question = PeerProtocol.question(PeerProtocol.Operation.HELLO, PeerProtocol.VERSION, (int)
                ProcessHandle.current().pid());
        ByteBuffer in = alone(path, Arrays.copyOf(question, generation.length()), deadline).bytes;
        boolean isPeer = in.remaining() >= PeerProtocol.HEADER + HELLO_ANSWER
                && in.getLong() == PeerProtocol.ANSWER
                && in.getInt() == HELLO_ANSWER
                && in.getInt(PeerProtocol.HEADER) == PeerProtocol.VERSION;
        return isPeer ? OptionalInt.of(in.getInt(PeerProtocol.SERVED_BY)) : OptionalInt.empty();
    }

    private record Answer(ByteBuffer bytes, int process) {}

    private static Answer alone(Path path, byte[] question, long deadline) throws IOException {
        BoundedSocket socket = BoundedSocket.connect(path, deadline - System.nanoTime());
        boolean owesAnswer = false;
        try {
            int process = socket.peerProcess();
            refuseIfStopped(process);
            owesAnswer = true;
            socket.send(question);
            byte[] bytes = new byte[4 * Generation.G4.length()];
            int length = first(socket, bytes, question.length, deadline);
            owesAnswer = false;
            if (length <= 0) {
                throw new EOFException("it closed the connection without an answer");
            }
            int more = length;
            while (more > 0 && length < bytes.length) {
                more = more(socket, bytes, length);
                length += Math.max(0, more);
            }
            return new Answer(ByteBuffer.wrap(bytes, 0, length), process);
        } finally {
            Dialogue.leave(socket, owesAnswer);
        }
    }

    /** A stopped server would answer when it goes on, and die of that if we had gone by then. */
    private static void refuseIfStopped(int process) throws IOException {
        try (ProcessThreads threads = ProcessThreads.ofThisSystem()) {
            if (threads.look(process).work() != ProcessThreads.Work.STOPPED) {
                return;
            }
        }
        throw new IOException(
                "pid " + process + " was stopped by a signal or a debugger; let it go on (kill -CONT " + process + ")");
    }

    /** Reads the first part of an answer; a question that has been sent is made longer while none comes. */
    private static int first(BoundedSocket socket, byte[] bytes, int sent, long deadline) throws IOException {
        long each = (deadline - System.nanoTime()) / Generation.values().length;
        int length = sent;
        for (Generation generation : Generation.values()) {
            int longer = generation.length();
            if (longer > length) {
                try {
                    return socket.read(bytes, 0, bytes.length, System.nanoTime() + each);
                } catch (SocketTimeoutException perhapsItWaitsForMore) {
                    socket.send(new byte[longer - length]);
                    length = longer;
                }
            }
        }
        return socket.read(bytes, 0, bytes.length, deadline);
    }

    private static int more(BoundedSocket socket, byte[] bytes, int length) throws IOException {
        try {
            return socket.read(bytes, length, bytes.length - length, System.nanoTime() + PAUSE_NANOS);
        } catch (SocketTimeoutException thatWasAll) {
            return 0;
        }
    }

    /** Asks a server for a dump in its own output; there is no answer. */
    static void requestDump(Path path, long patienceNanos) throws IOException {
        try (BoundedSocket socket = BoundedSocket.connect(path, patienceNanos)) {
            socket.send(MessageWriter.write(ClientMessage.request(MessageType.DUMP_REMAINING, 0), Generation.G1));
        }
    }
}
