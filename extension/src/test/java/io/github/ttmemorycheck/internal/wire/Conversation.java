package io.github.ttmemorycheck.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A reader and all that it has handed on, in order; resumes behind requests by itself. */
final class Conversation implements MessageReader.Sink {

    /** A request with the generation its answer must have. */
    record Request(ClientMessage message, Generation generation) {}

    MessageReader reader = new MessageReader();
    final List<ClientMessage> messages = new ArrayList<>();
    final List<Request> requests = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    final List<String> hexes = new ArrayList<>();
    private ByteBuffer buffer = ByteBuffer.allocate(4096);

    /** Receives bytes at once. */
    Conversation receive(byte[] bytes) {
        return receive(bytes, 0, bytes.length);
    }

    /** Receives a part of some bytes at once. */
    Conversation receive(byte[] bytes, int from, int to) {
        if (buffer.capacity() < to - from + 1024) {
            buffer = ByteBuffer.allocate(to - from + 1024);
        }
        buffer.clear();
        reader.begin(buffer);
        buffer.put(bytes, from, to - from);
        buffer.flip();
        while (!reader.take(buffer, this)) {
            buffer.clear();
            reader.begin(buffer);
            buffer.flip();
        }
        return this;
    }

    /** Goes on with another reader, which gets what this one knows as bytes. */
    Conversation handOver() throws IOException {
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        reader.write(new DataOutputStream(state));
        reader = new MessageReader();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.toByteArray()));
        reader.resume(in);
        if (in.read() >= 0) {
            throw new IOException("more was written than is read");
        }
        return this;
    }

    /** Receives bytes one at a time. */
    Conversation receiveByteByByte(byte[] bytes) {
        for (int at = 0; at < bytes.length; at++) {
            receive(bytes, at, at + 1);
        }
        return this;
    }

    /** Ends the stream. */
    Conversation end() {
        reader.end(this);
        return this;
    }

    @Override
    public void message(ClientMessage message) {
        messages.add(message);
    }

    @Override
    public void request(ClientMessage request, Generation generation) {
        messages.add(request);
        requests.add(new Request(request, generation));
    }

    @Override
    public void malformed(String reason, String hex) {
        faults.add(reason);
        hexes.add(hex);
    }

    /** Joins byte arrays. */
    static byte[] join(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }
}
