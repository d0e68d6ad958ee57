package io.github.ttmemorycheck.bench;

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
        ByteBuffer message = ByteBuffer.allocateDirect(LENGTH);
        try {
            for (int i = 0; i < TRIPS; i++) {
                long begun = System.nanoTime();
                message.clear().put(0, QUERY);
                channel.write(message);
                message.clear();
                while (message.hasRemaining() && channel.read(message) >= 0) {
                    // The rest of the answer is on its way.
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
