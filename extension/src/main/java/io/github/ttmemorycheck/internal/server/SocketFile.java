package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.socket.ServerSockets;
import io.github.ttmemorycheck.internal.wire.TrackerSocket;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The socket that clients connect to: a listener and its name in the file system.
 *
 * <p>It is bound under a name of its own, made accessible to its user only, and published with a hard link, which fails
 * when the public name exists. So the public name never belongs to nobody, is never open to others, and replaces
 * nothing. A stale socket is removed before, under a {@linkplain StaleSocketLock lock} between processes. The first
 * name stays as long as the listener, since junixsocket accepts nobody at a socket whose name has gone.
 */
final class SocketFile implements AutoCloseable {

    /** Clients that may wait to be let in; the kernel cuts it to its own limit, 4096 or less. */
    static final int BACKLOG = 1024;

    private static final int LONGEST_TEMPORARY_NAME = 12;
    private static final int ATTEMPTS = 100;

    private final SocketPath socket;
    private final Path bound;
    private final ServerSockets sockets;
    private final ServerSocketChannel listener;
    private final UserPrincipal owner;
    private final Object user;
    private final Object identity;

    private SocketFile(
            SocketPath socket,
            Path bound,
            ServerSockets sockets,
            ServerSocketChannel listener,
            UserPrincipal owner,
            Object user,
            Object identity) {
        this.socket = socket;
        this.bound = bound;
        this.sockets = sockets;
        this.listener = listener;
        this.owner = owner;
        this.user = user;
        this.identity = identity;
    }

    /** Listens at a path; throws a {@link TrackerException} when something else has it, or nothing can be there. */
    static SocketFile publish(SocketPath socket) throws IOException {
        ServerSockets sockets = ServerSockets.best();
        ServerSocketChannel listener = sockets.openListener();
        AutoCloseable opened = listener;
        Path bound = null;
        try {
            bound = bind(sockets, listener, socket);
            Files.setPosixFilePermissions(bound, PosixFilePermissions.fromString("rw-------"));
            UserPrincipal owner = Files.getOwner(bound);
            SocketFile file = new SocketFile(
                    socket, bound, sockets, listener, owner, sockets.owner(bound), SocketPath.identity(bound));
            opened = file;
            file.link(bound);
            return file;
        } catch (IOException | RuntimeException e) {
            undo(e, opened, bound);
            throw e;
        }
    }

    /** Takes over what another process has published. */
    static SocketFile takeOver(SocketPath socket, Path bound, ServerSocketChannel listener) throws IOException {
        ServerSockets sockets = ServerSockets.best();
        return new SocketFile(
                socket,
                bound,
                sockets,
                listener,
                Files.getOwner(bound),
                sockets.owner(bound),
                SocketPath.identity(bound));
    }

    private static Path bind(ServerSockets sockets, ServerSocketChannel listener, SocketPath socket)
            throws IOException {
        // As long as a socket's path may be: who binds at the same moment must not choose the same name.
        int room = SocketPath.LONGEST - TrackerSocket.lengthOf(socket.path().resolveSibling(""));
        int length = Math.max(2, Math.min(LONGEST_TEMPORARY_NAME, room - 1));
        SplittableRandom random = new SplittableRandom();
        BindException last = new BindException("no free name was found");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String digits = Long.toString(random.nextLong(Long.MAX_VALUE / 2, Long.MAX_VALUE), Character.MAX_RADIX);
            Path temporary = socket.path().resolveSibling("." + digits.substring(digits.length() - length + 1));
            try {
                sockets.bind(listener, temporary, BACKLOG);
                return temporary;
            } catch (BindException nameIsTaken) {
                last = nameIsTaken;
            }
        }
        throw socket.unavailable("binding there failed: " + last.getMessage(), last);
    }

    private void link(Path bound) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (tryLink(bound)) {
                return;
            }
            StaleSocketLock.whileHeld(socket, () -> StaleSocket.remove(socket, owner));
        }
        throw socket.unavailable("another program makes and removes a socket there all the time; end it");
    }

    private boolean tryLink(Path bound) throws IOException {
        try {
            Files.createLink(path(), bound);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException | IOException e) {
            throw socket.unavailable(
                    "its directory takes no hard link to a socket (" + e.getMessage()
                            + "); choose a directory on a local Linux file system",
                    e);
        }
    }

    private static void undo(Exception e, AutoCloseable opened, @Nullable Path bound) {
        try {
            opened.close();
            if (bound != null) {
                Files.deleteIfExists(bound);
            }
        } catch (Exception second) {
            e.addSuppressed(second);
        }
    }

    Path path() {
        return socket.path();
    }

    /** Returns the name that it was bound to. */
    Path bound() {
        return bound;
    }

    /** Takes the public name away: from now on nobody finds it. */
    void withdraw() {
        try {
            if (isOurs()) {
                Files.deleteIfExists(path());
            }
        } catch (IOException stays) {
            // Whoever finds it is served as long as somebody listens.
        }
    }

    /** Gives it the public name again, unless somebody has taken that meanwhile. */
    void publishAgain() {
        try {
            if (!Files.exists(path(), LinkOption.NOFOLLOW_LINKS)) {
                Files.createLink(path(), bound);
            }
        } catch (IOException | UnsupportedOperationException taken) {
            // Who is connected is served without a name.
        }
    }

    /** Returns how whoever started the server names another path. */
    String otherPath() {
        return socket.otherPath();
    }

    ServerSocketChannel listener() {
        return listener;
    }

    ServerSockets sockets() {
        return sockets;
    }

    /** Returns the name of the user that this process acts for, as the kernel sees it. */
    String userName() {
        return owner.getName();
    }

    /** Returns whether a peer is of that user, or root. */
    boolean serves(ServerSockets.Peer peer) {
        return peer.user().equals(user) || ServerSockets.isRoot(peer.user());
    }

    boolean isOurs() {
        return isOurs(path());
    }

    private boolean isOurs(Path name) {
        try {
            return identity.equals(SocketPath.identity(name));
        } catch (IOException gone) {
            return false;
        }
    }

    /** Removes the names, if they still lead here, and stops listening. */
    @Override
    public void close() throws IOException {
        try (listener) {
            for (Path name : List.of(path(), bound)) {
                if (isOurs(name)) {
                    Files.deleteIfExists(name);
                }
            }
        }
    }
}
