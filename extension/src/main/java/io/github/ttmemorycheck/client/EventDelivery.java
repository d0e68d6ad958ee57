package io.github.ttmemorycheck.client;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.sites.LostEvents;
import io.github.ttmemorycheck.internal.socket.BoundedSocket;
import io.github.ttmemorycheck.internal.socket.NativeLibraryException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Delivers events to a tracker, one at a time, and counts what could not be delivered. A workload never fails because
 * nobody listens: the first failure of an outage is a warning, the rest are counted.
 *
 * <p>Every event tries to connect again, which costs microseconds where nobody listens. A server that is there and does
 * not read costs seconds, so after that no event tries for {@value #PAUSE_SECONDS} seconds.
 *
 * <p>Thread-safe. Its lock is held while an event is written, so that messages never mix; a caller waits for it no
 * longer than the events ahead need, each bounded by twice the patience.
 */
final class EventDelivery {

    static final int PAUSE_SECONDS = 10;

    /** What the runtime's own client asks for: room for a burst of some thousand events. */
    private static final int SEND_BUFFER_BYTES = 1 << 20;

    private final Path path;
    private final Duration patience;
    private final LongSupplier ticker;
    private final Consumer<String> warnings;

    private @Nullable BoundedSocket connection;
    private long undelivered;
    private boolean outage;
    private boolean paused;
    private long pauseStart;
    private boolean closed;

    /** Connects at the first event; a connect and a write each take twice the patience at most. */
    EventDelivery(Path path, Duration patience, LongSupplier ticker, Consumer<String> warnings) {
        this.path = path;
        this.patience = patience;
        this.ticker = ticker;
        this.warnings = warnings;
    }

    /**
     * Delivers a message, or counts it; returns whether it was delivered.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    synchronized boolean deliver(byte[] message) {
        if (closed) {
            throw new IllegalStateException("the allocation client of " + path + " is closed; build a new one");
        }
        paused = paused && ticker.getAsLong() - pauseStart < TimeUnit.SECONDS.toNanos(PAUSE_SECONDS);
        if (paused) {
            undelivered++;
            LostEvents.note(path.toString(), "the server there does not read");
            return false;
        }
        try {
            send(message);
            outage = false;
            return true;
        } catch (IOException e) {
            disconnect();
            undelivered++;
            LostEvents.note(path.toString(), String.valueOf(e.getMessage()));
            if (e instanceof SocketTimeoutException) {
                paused = true;
                pauseStart = ticker.getAsLong();
            }
            warnOnce(e);
            return false;
        }
    }

    /** Sends a message as one write, on a new connection where the server has closed the one there was. */
    private void send(byte[] message) throws IOException {
        if (connection != null) {
            try {
                connection.send(message);
                return;
            } catch (SocketTimeoutException deaf) {
                throw deaf;
            } catch (IOException closedByTheServer) {
                disconnect();
            }
        }
        connection = BoundedSocket.connect(path, patience.toNanos());
        connection.askForSendBuffer(SEND_BUFFER_BYTES);
        connection.send(message);
    }

    private void warnOnce(IOException cause) {
        if (outage) {
            return;
        }
        outage = true;
        warnings.accept("Device memory events do not reach a tracker at " + path + ": " + cause.getMessage()
                + (paused ? ", so the connection counts as broken" : "")
                + (cause instanceof NativeLibraryException
                        ? "."
                        : ". Start the tracker first: annotate the test class with @TtMemoryCheck, or run"
                                + " AllocationServer; or name the socket of the one that runs in " + SettingKeys.SOCKET
                                + ".")
                + " Until it can be reached, events are only counted.");
    }

    synchronized long undelivered() {
        return undelivered;
    }

    /** Closes the connection; a second call does nothing. */
    synchronized void close() {
        closed = true;
        disconnect();
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
