package io.github.ttmemorycheck.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Asks a server for the totals of one device and waits for the answer: the least that a question costs. */
final class RoundTrips implements AutoCloseable {

    private static final int LENGTH = 112;
    private static final byte QUERY = 3;

    private final SocketChannel channel;
    private final ByteBuffer question = ByteBuffer.allocateDirect(LENGTH).put(0, QUERY);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(LENGTH);

    private RoundTrips(SocketChannel channel) {
        this.channel = channel;
    }

    static RoundTrips open(Path socket) {
        try {
            return new RoundTrips(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void ask() {
        try {
            channel.write(question.clear());
            answer.clear();
            while (answer.hasRemaining()) {
                if (channel.read(answer) < 0) {
                    throw new EOFException("the server ended the connection");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
