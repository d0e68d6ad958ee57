package io.github.ttmemorycheck.internal.server;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in: those of the server's own user, and nobody else, root included, who could read the socket's file but
 * has no business in another user's figures.
 *
 * <p>Guarded by the lock of {@link AllocationService}.
 */
final class Acceptor {

    /** How long the selector leaves the socket alone after accepting failed, as it does while no file can be opened. */
    static final long PAUSE_NANOS = 100_000_000;

    private final ServerSocketChannel listener;
    private final SelectionKey key;
    private final Selector selector;
    private final Arrivals arrivals;
    private final UserPrincipal user;
    private final EventBook book;
    private @Nullable String failure;
    private long retryAtNanos;
    private boolean hasRefused;

    Acceptor(ServerSocketChannel listener, UserPrincipal user, Selector selector, Arrivals arrivals, EventBook book)
            throws IOException {
        this.listener = listener;
        this.selector = selector;
        this.arrivals = arrivals;
        this.user = user;
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

    private @Nullable Connection letIn(SocketChannel channel) throws IOException {
        try {
            UserPrincipal peer =
                    channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            if (peer.equals(user)) {
                channel.configureBlocking(false);
                SelectionKey registered = channel.register(selector, SelectionKey.OP_READ);
                Connection connection = new Connection(channel, registered, book);
                registered.attach(connection);
                arrivals.watch(channel, connection);
                return connection;
            }
            refuse(peer);
        } catch (IOException goneAlready) {
            book.notices().debug("a client could not be let in: " + goneAlready);
        }
        channel.close();
        return null;
    }

    private void refuse(UserPrincipal peer) {
        if (!hasRefused) {
            hasRefused = true;
            book.notices()
                    .warn("a client of user " + peer.getName() + " was refused, as will be any further one: this server"
                            + " serves user " + user.getName() + " only");
        }
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
