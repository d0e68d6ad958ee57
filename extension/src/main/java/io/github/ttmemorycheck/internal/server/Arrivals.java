package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.socket.ServerSockets;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, without waiting and with one call to the kernel, which connections have something to read, and whether
 * clients want in. It has a selector of its own: the server's thread waits in the other one, which nobody else can ask
 * meanwhile.
 *
 * <p>What is not read is found again the next time. Guarded by the lock of {@link AllocationService}.
 */
final class Arrivals implements AutoCloseable {

    private final Selector selector;
    private final List<Connection> ready = new ArrayList<>();
    private final List<Connection> gone = new ArrayList<>();
    private boolean clientsWait;

    Arrivals(ServerSockets sockets) throws IOException {
        selector = sockets.openSelector();
    }

    void watchForClients(SelectableChannel listener) throws IOException {
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    void watch(SelectableChannel channel, Connection connection) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, connection);
    }

    /** Looks, and forgets what it found before, and closed channels: until then their files are kept open. */
    void look() {
        ready.clear();
        gone.clear();
        clientsWait = false;
        try {
            selector.selectNow(this::note);
        } catch (IOException e) {
            throw new TrackerException(
                    "the allocation server cannot find out which clients have sent something (" + e
                            + "); what is allocated is not known. Close it and start another",
                    e);
        }
    }

    private void note(SelectionKey key) {
        @Nullable Object connection = key.attachment();
        if (connection == null) {
            clientsWait = true;
        } else {
            (key.isValid() ? ready : gone).add((Connection) connection);
        }
    }

    /** Returns those whose clients have gone; what they had sent must be read before the next look. */
    List<Connection> gone() {
        return gone;
    }

    List<Connection> ready() {
        return ready;
    }

    boolean clientsWait() {
        return clientsWait;
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
