package io.github.ttmemorycheck.internal.attach;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * A connection on which nothing waits longer than it is told. An interrupt changes nothing about that. Everything that goes
 * wrong is an {@link IOException}: a {@link SocketTimeoutException} when time is up. Not thread-safe.
 */
final class BoundedSocket implements AutoCloseable {

    private final AFUNIXSocket socket;
    private final InputStream in;
    private final int serverProcess;

    private BoundedSocket(AFUNIXSocket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.serverProcess = (int) socket.getPeerCredentials().getPid();
    }

    /** Connects; where the server's queue is full that takes up to twice as long as it may. */
    static BoundedSocket connect(Path path, long patienceNanos) throws IOException {
        if (!path.toFile().exists()) {
            throw new SocketException("there is no such file");
        }
        try {
            AFUNIXSocket socket = AFUNIXSocket.newInstance();
            try {
                // Before connecting: only so does it bound the connecting too.
                socket.setSoTimeout(millis(patienceNanos));
                socket.connect(AFUNIXSocketAddress.of(path));
                return new BoundedSocket(socket);
            } catch (IOException | RuntimeException e) {
                socket.close();
                throw e;
            }
        } catch (RuntimeException e) {
            // So junixsocket tells that a connect took too long.
            SocketTimeoutException timeout = new SocketTimeoutException("it did not accept a connection");
            timeout.initCause(e);
            throw timeout;
        } catch (LinkageError e) {
            throw new IOException(
                    "junixsocket's native library cannot be loaded (" + e
                            + "); run Java with --enable-native-access=ALL-UNNAMED and a writable java.io.tmpdir",
                    e);
        }
    }

    /** The process that listens. */
    int serverProcess() {
        return serverProcess;
    }

    void send(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (RuntimeException e) {
            throw new IOException(e.toString(), e);
        }
    }

    /**
     * Reads some bytes.
     *
     * @return how many; -1 when the server has closed the connection
     * @throws SocketTimeoutException when none came until the deadline
     */
    int read(byte[] into, int from, int most, long deadlineNanos) throws IOException {
        long rest = deadlineNanos - System.nanoTime();
        if (rest <= 0) {
            throw new SocketTimeoutException("no answer");
        }
        try {
            socket.setSoTimeout(millis(rest));
            return in.read(into, from, most);
        } catch (RuntimeException e) {
            throw new IOException(e.toString(), e);
        }
    }

    /** A timeout of 0 would be none. */
    private static int millis(long nanos) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException | RuntimeException ignored) {
            // The descriptor is gone in any case.
        }
    }
}
