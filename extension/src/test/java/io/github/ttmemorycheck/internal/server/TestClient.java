package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageWriter;
import io.github.ttmemorycheck.internal.wire.ResponseReader;
import io.github.ttmemorycheck.internal.wire.TotalsResponse;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client that blocks, as the runtime's does. */
public final class TestClient implements AutoCloseable {

    private final SocketChannel channel;
    private final Generation generation;

    public TestClient(Path socket, Generation generation) throws IOException {
        this.channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        this.generation = generation;
    }

    /** Sends messages joined in one write. */
    public void send(ClientMessage... messages) throws IOException {
        send(bytes(messages));
    }

    byte[] bytes(ClientMessage... messages) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (ClientMessage message : messages) {
            joined.writeBytes(MessageWriter.write(message, generation));
        }
        return joined.toByteArray();
    }

    void send(byte[] bytes) throws IOException {
        send(bytes, 0, bytes.length);
    }

    void send(byte[] bytes, int from, int to) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes, from, to - from);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    public TotalsResponse query(int device) throws IOException {
        send(Events.query(device));
        return answer();
    }

    TotalsResponse answer() throws IOException {
        return ResponseReader.totals(receive(generation.length()), generation);
    }

    byte[] receive(int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new EOFException("after " + in.position() + " of " + length + " bytes");
            }
        }
        return in.array();
    }

    /** Returns how many bytes are there to read now. */
    int available(int most) throws IOException {
        channel.configureBlocking(false);
        int got = Math.max(0, channel.read(ByteBuffer.allocate(most)));
        channel.configureBlocking(true);
        return got;
    }

    SocketChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
