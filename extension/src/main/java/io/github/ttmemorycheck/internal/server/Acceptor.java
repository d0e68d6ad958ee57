package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.socket.ServerSockets;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in: those of the server's own user, and root, as which a runtime in a container often runs; nobody else.
 *
 * <p>Guarded by the lock of {@link AllocationService}.
 */
final class Acceptor {

    /** How long the selector leaves the socket alone after accepting failed, as it does while no file can be opened. */
    static final long PAUSE_NANOS = 100_000_000;

    private final SocketFile socket;
    private final Predicate<ServerSockets.Peer> served;
    private final ServerSocketChannel listener;
    private final SelectionKey key;
    private final Selector selector;
    private final Arrivals arrivals;
    private final EventBook book;
    private @Nullable String failure;
    private long retryAtNanos;
    private long lastSerial;

    /** Makes an acceptor of the clients that {@code served} lets in. */
    Acceptor(
            SocketFile socket,
            Predicate<ServerSockets.Peer> served,
            Selector selector,
            Arrivals arrivals,
            EventBook book)
            throws IOException {
        this.socket = socket;
        this.served = served;
        this.listener = socket.listener();
        this.selector = selector;
        this.arrivals = arrivals;
        this.book = book;
        listener.configureBlocking(false);
        key = listener.register(selector, SelectionKey.OP_ACCEPT);
        arrivals.watchForClients(listener);
    }

    /** Returns the next client that was waiting, or null when none is, or none can be let in. */
    @Nullable
    Connection accept() {
        while (true) {
            try {
                SocketChannel channel = listener.accept();
                failure = null;
                if (channel == null) {
                    return null;
                }
                Connection connection = letIn(channel);
                if (connection != null) {
                    return connection;
                }
            } catch (IOException e) {
                failure = e.toString();
                retryAtNanos = System.nanoTime() + PAUSE_NANOS;
                return null;
            }
        }
    }

    /** Takes over a client that another server let in. */
    Connection takeOver(SocketChannel channel, StateReader in) throws IOException {
        Connection connection = connect(in.readLong(), in.readInt(), channel);
        lastSerial = Math.max(lastSerial, connection.serial());
        connection.resume(in);
        return connection;
    }

    private Connection connect(long serial, int process, SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        SelectionKey registered = channel.register(selector, SelectionKey.OP_READ);
        Connection connection = new Connection(serial, process, channel, registered, book);
        registered.attach(connection);
        arrivals.watch(channel, connection);
        return connection;
    }

    private @Nullable Connection letIn(SocketChannel channel) throws IOException {
        try {
            ServerSockets.Peer peer = socket.sockets().peer(channel);
            if (served.test(peer)) {
                return connect(++lastSerial, peer.processId(), channel);
            }
            refuse(peer.user());
        } catch (IOException goneAlready) {
            book.notices().debug("a client could not be let in: " + goneAlready);
        }
        channel.close();
        return null;
    }

    private void refuse(Object user) {
        book.blindness()
                .note(
                        "a client of user " + user + " was refused: this server serves user " + socket.userName()
                                + " only",
                        "run that client as user " + socket.userName() + ", or have it report elsewhere");
    }

    /** Takes the socket from the selector for a while when accepting failed; returns how long, or 0. */
    long pauseNanos() {
        long rest = failure == null ? 0 : Math.max(0, retryAtNanos - System.nanoTime());
        key.interestOps(rest > 0 ? 0 : SelectionKey.OP_ACCEPT);
        return rest;
    }

    /** Returns why clients cannot be let in at present, or null when they can. */
    @Nullable
    String failure() {
        return failure;
    }
}
