package io.github.ttmemorycheck.client;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * One connection to a tracker's Unix socket, made when it is first needed and again after it broke. Everything that can
 * go wrong is an {@link IOException} whose message is a cause that a person understands. Not thread-safe.
 *
 * <p>A server that does not read fills the socket's buffer, and the write then waits. When patience ends, the connection
 * counts as broken: a part of the message may have been written, so nothing can follow it. junixsocket's writes and
 * connects end after the timeout that was set or, depending on where it finds them, after twice of it.
 */
final class TrackerConnection {

    /** What the runtime's own client asks for: room for a burst of some thousand events. */
    private static final int SEND_BUFFER_BYTES = 1 << 20;

    private final Path path;
    private final Duration patience;
    private @Nullable AFUNIXSocket open;

    TrackerConnection(Path path, Duration patience) {
        this.path = path;
        this.patience = patience;
    }

    /**
     * Sends a message as one write. Where the connection turns out to have been closed by the other side since the last
     * message, the message goes out on a new one.
     *
     * @throws NotReadingException when the server took nothing for as long as patience lasts
     * @throws IOException when nobody listens, or the new connection broke as well
     */
    void send(byte[] message) throws IOException {
        if (open != null) {
            try {
                write(open, message);
                return;
            } catch (NotReadingException e) {
                close();
                throw e;
            } catch (IOException e) {
                close();
            }
        }
        AFUNIXSocket fresh = connect();
        open = fresh;
        try {
            write(fresh, message);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Closes what is open. A failure to close is of no interest: the descriptor is gone in any case. */
    void close() {
        AFUNIXSocket socket = open;
        open = null;
        if (socket != null) {
            closeQuietly(socket);
        }
    }

    private AFUNIXSocket connect() throws IOException {
        // A fruitless connect costs junixsocket some 70 microseconds, and a workload has many events.
        if (!path.toFile().exists()) {
            throw new IOException("No such file or directory");
        }
        try {
            return connected(AFUNIXSocket.newInstance());
        } catch (SocketTimeoutException e) {
            throw notReading("accept a connection", e);
        } catch (LinkageError e) {
            throw new IOException(
                    "junixsocket's native library cannot be loaded (" + e
                            + "); run Java with --enable-native-access=ALL-UNNAMED and a writable java.io.tmpdir",
                    e);
        }
    }

    private AFUNIXSocket connected(AFUNIXSocket socket) throws IOException {
        try {
            // Before the connect, whose own timeout is ignored while the server's queue is full.
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            socket.connect(AFUNIXSocketAddress.of(path));
            socket.setSendBufferSize(SEND_BUFFER_BYTES);
            return socket;
        } catch (IOException e) {
            closeQuietly(socket);
            throw e;
        } catch (RuntimeException e) {
            closeQuietly(socket);
            // So junixsocket tells that a connect took too long.
            throw notReading("accept a connection", e);
        }
    }

    private void write(AFUNIXSocket socket, byte[] message) throws IOException {
        try {
            socket.getOutputStream().write(message);
        } catch (SocketTimeoutException e) {
            throw notReading("read", e);
        } catch (RuntimeException e) {
            throw new IOException(e.toString(), e);
        }
    }

    private NotReadingException notReading(String what, Exception cause) {
        return new NotReadingException(
                "the server did not " + what + " for " + patience.toMillis()
                        + " ms, so the connection counts as broken",
                cause);
    }

    private static void closeQuietly(AFUNIXSocket socket) {
        try {
            socket.close();
        } catch (IOException | RuntimeException ignored) {
            // See close().
        }
    }

    /** The server is there and takes nothing. */
    static final class NotReadingException extends IOException {

        private static final long serialVersionUID = 1L;

        NotReadingException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
