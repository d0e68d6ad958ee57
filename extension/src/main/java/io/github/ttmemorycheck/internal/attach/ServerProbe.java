package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.internal.wire.MessageWriter;
import io.github.ttmemorycheck.internal.wire.PeerProtocol;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Finds out what a server is, with what every server survives: one QUERY of 72 bytes, alone on its connection, whose whole
 * answer is read. The answer's length tells the generation. One that reads no less than a message of its own length waits for
 * the rest, which is zeros: they are sent when no answer has come for a while, and no server minds them. A server whose answer has 72 bytes is asked once more in the
 * same way, whether it is one of this library.
 */
public final class ServerProbe {

    /** An answer is sent at once; this long after its first part nothing more belongs to it. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final List<Integer> LENGTHS = List.of(72, 112, 128, 144);

    private ServerProbe() {}

    /** Tells whether anybody accepts connections at a path. Asks nothing. */
    public static boolean isListening(Path path) {
        try (BoundedSocket socket = BoundedSocket.connect(path, PAUSE_NANOS * 25)) {
            return socket.serverProcess() >= 0;
        } catch (SocketTimeoutException busy) {
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /**
     * Asks a server what it is.
     *
     * @throws UnansweredException when nobody listens, or no answer came in time
     */
    public static ServerIdentity identify(Path path, long patienceNanos) throws UnansweredException {
        long deadline = System.nanoTime() + patienceNanos;
        String asked = "what it is, " + path + ", waited " + TimeUnit.NANOSECONDS.toMillis(patienceNanos) + " ms";
        int process = -1;
        try {
            Answer plain = alone(
                    path, MessageWriter.write(ClientMessage.request(MessageType.QUERY, 0), Generation.G1), deadline);
            process = plain.process;
            Generation generation = generation(plain.bytes.remaining())
                    .orElseThrow(() -> new IOException("its answer has " + plain.bytes.remaining()
                            + " bytes; known are 72," + " 112, 128 and 144"));
            boolean peer = generation == Generation.G1 && isPeer(path, deadline);
            return ServerIdentity.of(peer, generation, process);
        } catch (SocketTimeoutException silent) {
            throw new UnansweredException("the allocation server does not answer", asked, by(process, silent), silent);
        } catch (IOException e) {
            throw new UnansweredException("no allocation server answers", asked, by(process, e), e);
        }
    }

    private static String by(int process, IOException e) {
        return (process < 0
                        ? ""
                        : ServerIdentity.of(false, Generation.G1, process).process() + ": ")
                + ForeignServer.said(e);
    }

    private static boolean isPeer(Path path, long deadline) throws IOException {
        byte[] question = PeerProtocol.question(PeerProtocol.Operation.HELLO, PeerProtocol.VERSION, (int)
                ProcessHandle.current().pid());
        ByteBuffer in = alone(path, question, deadline).bytes;
        if (in.remaining() != PeerProtocol.HEADER + Integer.BYTES + Long.BYTES) {
            return false;
        }
        return in.getLong() == PeerProtocol.ANSWER && in.getInt(PeerProtocol.HEADER) == PeerProtocol.VERSION;
    }

    private record Answer(ByteBuffer bytes, int process) {}

    private static Answer alone(Path path, byte[] question, long deadline) throws IOException {
        BoundedSocket socket = BoundedSocket.connect(path, deadline - System.nanoTime());
        boolean answered = false;
        try {
            socket.send(question);
            byte[] bytes = new byte[4 * Generation.G4.length()];
            int length = first(socket, bytes, question.length, deadline);
            answered = true;
            while (length > 0 && length < bytes.length) {
                int more = more(socket, bytes, length);
                if (more <= 0) {
                    break;
                }
                length += more;
            }
            if (length <= 0) {
                throw new EOFException("it closed the connection without an answer");
            }
            return new Answer(ByteBuffer.wrap(bytes, 0, length), socket.serverProcess());
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (IOException broken) {
            answered = true;
            throw broken;
        } finally {
            if (answered) {
                socket.close();
            } else {
                LeftOpen.keep(socket);
            }
        }
    }

    /** Reads the first part of an answer; a question that has been sent is made longer while none comes. */
    private static int first(BoundedSocket socket, byte[] bytes, int sent, long deadline) throws IOException {
        long each = (deadline - System.nanoTime()) / LENGTHS.size();
        int length = sent;
        for (int longer : LENGTHS) {
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

    private static Optional<Generation> generation(int length) {
        return LENGTHS.contains(length)
                ? Arrays.stream(Generation.values())
                        .filter(known -> known.length() == length)
                        .findFirst()
                : Optional.empty();
    }

    /** Asks a server for a dump in its own output; there is no answer. */
    public static void requestDump(Path path, long patienceNanos) throws IOException {
        try (BoundedSocket socket = BoundedSocket.connect(path, patienceNanos)) {
            socket.send(MessageWriter.write(ClientMessage.request(MessageType.DUMP_REMAINING, 0), Generation.G1));
        }
    }
}
