package io.github.ttmemorycheck.client;

import io.github.ttmemorycheck.internal.socket.BoundedSocket;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection to a tracker, made when it is first needed and again after it broke. Not thread-safe. */
final class TrackerConnection {

    /** What the runtime's own client asks for: room for a burst of some thousand events. */
    private static final int SEND_BUFFER_BYTES = 1 << 20;

    private final Path path;
    private final Duration patience;
    private @Nullable BoundedSocket open;

    TrackerConnection(Path path, Duration patience) {
        this.path = path;
        this.patience = patience;
    }

    /**
     * Sends a message as one write. Where the connection turns out to have been closed by the other side since the last
     * message, the message goes out on a new one.
     *
     * @throws SocketTimeoutException when the server took nothing for as long as patience lasts
     * @throws IOException when nobody listens, or the new connection broke as well
     */
    void send(byte[] message) throws IOException {
        BoundedSocket known = open;
        if (known != null) {
            try {
                known.send(message);
                return;
            } catch (SocketTimeoutException e) {
                close();
                throw e;
            } catch (IOException e) {
                close();
            }
        }
        BoundedSocket fresh = BoundedSocket.connect(path, patience.toNanos());
        open = fresh;
        try {
            fresh.askForSendBuffer(SEND_BUFFER_BYTES);
            fresh.send(message);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    void close() {
        BoundedSocket socket = open;
        open = null;
        if (socket != null) {
            socket.close();
        }
    }
}
