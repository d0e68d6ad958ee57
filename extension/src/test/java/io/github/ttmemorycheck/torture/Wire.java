package io.github.ttmemorycheck.torture;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A connection that cuts what it sends at random bytes. */
final class Wire implements AutoCloseable {

    private final SocketChannel channel;
    private final Generation generation;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();

    Wire(Path socket, Generation generation) throws IOException {
        this.channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        this.generation = generation;
    }

    Generation generation() {
        return generation;
    }

    void add(ClientMessage message) {
        unsent.writeBytes(MessageWriter.write(message, generation));
    }

    void add(byte[] bytes) {
        unsent.writeBytes(bytes);
    }

    /** Sends all that was added, in pieces. */
    void send(SplittableRandom random) throws IOException {
        byte[] bytes = unsent.toByteArray();
        unsent.reset();
        for (int at = 0; at < bytes.length; ) {
            int most = random.nextInt(16) == 0 ? 4 : 4_000;
            int to = Math.min(bytes.length, at + 1 + random.nextInt(most));
            ByteBuffer piece = ByteBuffer.wrap(bytes, at, to - at);
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
            at = to;
        }
    }

    /** Reads an answer, which has the length of the generation; returns whether one came. */
    boolean answered() throws IOException {
        ByteBuffer in = ByteBuffer.allocate(generation.length());
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
