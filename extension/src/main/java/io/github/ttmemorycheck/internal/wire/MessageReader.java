package io.github.ttmemorycheck.internal.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of one client, of whatever generation, cut and joined at any byte. Does no I/O; not thread-safe.
 *
 * <p><b>Well-formed input.</b> No message begins with a zero byte, and a client sends nothing but zeros behind the
 * first 72 bytes: zeros between messages are skipped, 72 bytes taken. Their number shows the generation, which
 * matters for requests alone, since their answer must have the asker's length: a request is handed on when something
 * other than zero or the longest tail followed it, or when {@link #decide} makes do with what has come.
 *
 * <p><b>Malformed input.</b> A message whose reserved bytes are in order, but whose type or subtype does not exist, is
 * reported and skipped as a whole. Where reserved bytes are not zero, the place in the stream is lost: that is reported
 * once, and reading goes on at the next place where 72 bytes are a well-formed message followed by as many zeros as
 * some generation has. When {@value #SEARCH_LIMIT} bytes did not have such a place, the stream is given up. A message
 * cut off by the end of the stream is reported. Nothing malformed reaches {@link Sink#message}, and no bytes make a
 * method throw.
 *
 * <p>Use: {@link #begin} with an empty buffer, receive into it, flip it, {@link #take} what is in it; after a request,
 * begin and take again, without receiving, until take answers true.
 */
public final class MessageReader {

    public interface Sink {

        /** Takes an event or a request for a dump. */
        void message(ClientMessage message);

        /** Takes a request that must be answered in a generation; reading stops behind it until it is resumed. */
        void request(ClientMessage request, Generation generation);

        /** Takes what was not a message: why, and its bytes (at most 72) in hex. */
        void malformed(String reason, String hex);
    }

    /** Bytes after which the search for the next message ends: 28 of the longest messages, far beyond any cut one. */
    static final int SEARCH_LIMIT = 4096;

    /** Zeros are counted this far: more than any generation has behind a message. */
    private static final int TOO_MANY_ZEROS = Generation.LONGEST_TAIL + 1;

    private static final byte[] NOTHING = {};

    private byte[] kept = NOTHING;
    private @Nullable ClientMessage request;
    private int zeros;
    private @Nullable Generation known;
    private boolean anyMessage;
    private boolean searching;
    private int searched;
    private boolean lost;

    /** Whether more zeros may come behind a place that was found: they decide whether a message begins there. */
    private boolean waiting;

    private boolean noMoreZeros;

    /**
     * Puts the bytes kept from the last time into an empty buffer; what is received next goes behind them.
     *
     * @param buffer as long as the last one, and two of the longest messages at least, so that there is room to receive
     */
    public void begin(ByteBuffer buffer) {
        buffer.put(kept);
        kept = NOTHING;
    }

    /**
     * Takes all complete messages from a buffer, up to and including the first request, and keeps the rest.
     *
     * @return false when it stopped behind a request
     */
    public boolean take(ByteBuffer buffer, Sink sink) {
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        boolean goesOn = true;
        while (goesOn && buffer.hasRemaining() && !lost) {
            if (searching) {
                if (!search(buffer)) {
                    break;
                }
            } else if (buffer.get(buffer.position()) == 0) {
                skipZeros(buffer);
                goesOn = !(request != null && zeros >= Generation.LONGEST_TAIL && decide(sink));
            } else if (request != null) {
                goesOn = !decide(sink);
            } else if (buffer.remaining() < Generation.COMMON) {
                break;
            } else {
                one(buffer, sink);
            }
        }
        if (buffer.hasRemaining() && !lost) {
            kept = new byte[buffer.remaining()];
            buffer.get(kept);
        }
        buffer.position(buffer.limit());
        return goesOn;
    }

    /** Skips and counts zeros, eight at a time; behind a request no more than its longest tail has. */
    private void skipZeros(ByteBuffer buffer) {
        int start = buffer.position();
        int furthest = buffer.limit();
        if (request != null) {
            furthest = Math.min(furthest, start + Generation.LONGEST_TAIL - zeros);
        }
        int at = start;
        while (at <= furthest - Long.BYTES && buffer.getLong(at) == 0) {
            at += Long.BYTES;
        }
        while (at < furthest && buffer.get(at) == 0) {
            at++;
        }
        zeros = Math.min(zeros + Math.min(at - start, TOO_MANY_ZEROS), TOO_MANY_ZEROS);
        buffer.position(at);
    }

    private void one(ByteBuffer buffer, Sink sink) {
        if (anyMessage && zeros < TOO_MANY_ZEROS) {
            known = Generation.ofTail(zeros);
        }
        int at = buffer.position();
        MessageType type = MessageType.byCode(buffer.getInt(at));
        if (type != null && WireFormat.isWellFormed(buffer, at)) {
            ClientMessage message = WireFormat.message(buffer, at, type);
            buffer.position(at + Generation.COMMON);
            zeros = 0;
            anyMessage = true;
            if (type.isRequest()) {
                request = message;
            } else {
                sink.message(message);
            }
            return;
        }
        sink.malformed(WireFormat.fault(buffer, at), hex(buffer));
        anyMessage = false;
        if (WireFormat.isFramed(buffer, at)) {
            buffer.position(at + Generation.COMMON);
            zeros = 0;
        } else {
            searching = true;
            searched = 0;
        }
    }

    /** Moves to the next place where a message begins; answers false while none has come. */
    private boolean search(ByteBuffer buffer) {
        while (buffer.remaining() >= Generation.COMMON && searched < SEARCH_LIMIT) {
            if (WireFormat.isWellFormed(buffer, buffer.position())) {
                int end = endOfTail(buffer);
                int tail = end - buffer.position() - Generation.COMMON;
                waiting = end == buffer.limit() && tail <= Generation.LONGEST_TAIL && !noMoreZeros;
                if (waiting) {
                    return false;
                }
                if (Generation.ofTail(tail).tail() == tail) {
                    searching = false;
                    zeros = 0;
                    return true;
                }
            }
            buffer.get();
            searched++;
        }
        lost = searched >= SEARCH_LIMIT;
        return false;
    }

    /** Returns where the zeros behind the message at the buffer's position end. */
    private static int endOfTail(ByteBuffer buffer) {
        int end = buffer.position() + Generation.COMMON;
        int furthest = Math.min(buffer.limit(), end + TOO_MANY_ZEROS);
        while (end < furthest && buffer.get(end) == 0) {
            end++;
        }
        return end;
    }

    /**
     * Hands an undecided request on, in the newest generation that fits what has come, and takes a place that was found
     * for what it is with the zeros that have come; returns whether there was a request.
     */
    public boolean decide(Sink sink) {
        ClientMessage complete = request;
        if (complete == null) {
            if (waiting) {
                takeTheRest(sink);
            }
            return false;
        }
        Generation generation = Generation.ofTail(zeros);
        request = null;
        known = generation;
        sink.request(complete, generation);
        return true;
    }

    /** Returns whether it depends on what comes next, if anything does, what has come. */
    public boolean isUndecided() {
        return request != null || waiting;
    }

    /** Returns whether what has come of an undecided request is as long as this client's messages were before. */
    public boolean isAsLongAsBefore() {
        return request != null && known != null && zeros >= known.tail();
    }

    /** Returns whether it keeps bytes that could be taken once it goes on behind a request. */
    public boolean isStopped() {
        return kept.length > 0 && (request != null || kept.length >= Generation.COMMON);
    }

    /** Returns whether the stream was given up: nothing more can be read from it. */
    public boolean isLost() {
        return lost;
    }

    /** Takes the end of the stream: what waits is handed on, a message cut short is reported. */
    public void end(Sink sink) {
        boolean done;
        do {
            done = takeTheRest(sink);
        } while (!done);
        decide(sink);
        if (kept.length > 0 && !searching) {
            sink.malformed(
                    "the stream ended after " + kept.length + " of a message's " + Generation.COMMON + " bytes",
                    HexFormat.of().formatHex(kept));
        }
        kept = NOTHING;
    }

    private boolean takeTheRest(Sink sink) {
        ByteBuffer rest = ByteBuffer.wrap(kept);
        kept = NOTHING;
        waiting = false;
        noMoreZeros = true;
        boolean goesOn = take(rest, sink);
        noMoreZeros = false;
        return goesOn;
    }

    /** Writes where in the stream it is, and what it has learnt of the client, between two readings. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(kept.length);
        out.write(kept);
        out.writeBoolean(request != null);
        if (request != null) {
            request.write(out);
        }
        out.writeInt(zeros);
        out.writeInt(known == null ? -1 : known.tail());
        out.writeBoolean(anyMessage);
        out.writeBoolean(searching);
        out.writeInt(searched);
        out.writeBoolean(lost);
        out.writeBoolean(waiting);
    }

    /** Goes on where another reader was that wrote it. */
    public void resume(DataInput in) throws IOException {
        kept = new byte[in.readInt()];
        in.readFully(kept);
        request = in.readBoolean() ? ClientMessage.read(in) : null;
        zeros = in.readInt();
        int tail = in.readInt();
        known = tail < 0 ? null : Generation.ofTail(tail);
        anyMessage = in.readBoolean();
        searching = in.readBoolean();
        searched = in.readInt();
        lost = in.readBoolean();
        waiting = in.readBoolean();
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[Generation.COMMON];
        buffer.get(buffer.position(), bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
