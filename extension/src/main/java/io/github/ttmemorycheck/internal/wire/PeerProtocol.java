package io.github.ttmemorycheck.internal.wire;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What two programs of this library say to each other on the public socket, so that the second sees every buffer that
 * the first one's server knows.
 *
 * <p>A question is a QUERY for device 0, well-formed in every generation, with a sign in the field for a buffer's id,
 * which a QUERY does not use, the operation in the one for its size and an argument in the one for its time. No
 * third-party client sends that, and a third-party server takes it for a plain QUERY. The answer is no message: it
 * begins with a sign of its own, which no message begins with, and its length.
 */
public final class PeerProtocol {

    /** What both sides must agree on; raised whenever an answer changes. */
    public static final int VERSION = 4;

    /** Where in an answer the process stands that answers. */
    public static final int SERVED_BY = Long.BYTES + Integer.BYTES + 1;

    /** What an answer is: why there is none. */
    public static final byte REFUSED = 0;

    /** What an answer is: what was asked for. */
    public static final byte ANSWERED = 1;

    /** What an answer is: a word that the next real one takes longer, since the server is handed over meanwhile. */
    public static final byte PATIENCE = 2;

    public static final long ANSWER =
            ByteBuffer.wrap("ttmcPEER".getBytes(StandardCharsets.US_ASCII)).getLong();

    /**
     * Bytes before the content of an answer: the sign, the content's length, what it is, and the process that answers
     * where it serves after another one, which the kernel names still; else 0.
     */
    public static final int HEADER = SERVED_BY + Integer.BYTES;

    /** Longest content that is believed, in bytes: some 15 million buffers. */
    public static final int LONGEST = 1 << 30;

    private static final long QUESTION =
            ByteBuffer.wrap("ttmcASKS".getBytes(StandardCharsets.US_ASCII)).getLong();

    private PeerProtocol() {}

    /** What can be asked; every answer holds all that had been sent to the server before. */
    public enum Operation {
        /** Who are you: the version, then nanoseconds of the server's clock. */
        HELLO(1),
        /** Remember this moment: its number, time, order and totals. Forgotten when the connection ends. */
        MARK(2),
        /** What changed since a moment, by its number. */
        SINCE(3),
        /** Everything. */
        SNAPSHOT(4),
        /** Forget a moment, by its number: an empty answer. */
        FORGET(5),
        EVENTS(6),
        /** Whether a process, by its number, belongs to another JVM of tests than the asker. */
        OTHERS(7);

        private final int code;

        Operation(int code) {
            this.code = code;
        }

        static Operation byCode(long code) {
            for (Operation operation : values()) {
                if (operation.code == code) {
                    return operation;
                }
            }
            throw new IllegalArgumentException("there is no operation " + code + " in version " + VERSION);
        }
    }

    /** Writes a question, without the zeros that other generations have behind it. */
    public static byte[] question(Operation operation, long argument, int processId) {
        return MessageWriter.write(
                new ClientMessage(MessageType.QUERY, 0, operation.code, 0, processId, QUESTION, argument),
                Generation.G1);
    }

    /** Writes what comes before the content of an answer. */
    public static void header(byte what, int length, int servedBy, DataOutput out) throws IOException {
        out.writeLong(ANSWER);
        out.writeInt(length);
        out.writeByte(what);
        out.writeInt(servedBy);
    }

    /** Writes the word that the next answer takes longer. */
    public static byte[] patience() {
        return ByteBuffer.allocate(HEADER)
                .putLong(ANSWER)
                .putInt(0)
                .put(PATIENCE)
                .array();
    }

    public static boolean isQuestion(ClientMessage request) {
        return request.type() == MessageType.QUERY && request.bufferId() == QUESTION;
    }

    /** Returns what is asked; refuses what this version does not know. */
    public static Operation operation(ClientMessage question) {
        return Operation.byCode(question.size());
    }

    public static long argument(ClientMessage question) {
        return question.timestamp();
    }
}
