package io.github.ttmemorycheck.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Asks a server for the totals of a device and waits for the answer, over and over: the least that a question costs. */
final class RoundTrips implements AutoCloseable {

    private static final int TRIPS = 2_000;
    private static final int LENGTH = 112;
    private static final byte QUERY = 3;

    private final SocketChannel channel;

    RoundTrips(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    double medianNanos() {
        double[] nanos = new double[TRIPS];
        ByteBuffer question = ByteBuffer.allocateDirect(LENGTH).put(0, QUERY);
        ByteBuffer answer = ByteBuffer.allocateDirect(LENGTH);
        try {
            for (int i = 0; i < TRIPS; i++) {
                long begun = System.nanoTime();
                channel.write(question.clear());
                answer.clear();
                while (answer.hasRemaining()) {
                    if (channel.read(answer) < 0) {
                        throw new EOFException("the server ended the connection");
                    }
                }
                nanos[i] = System.nanoTime() - begun;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Median.of(nanos);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
