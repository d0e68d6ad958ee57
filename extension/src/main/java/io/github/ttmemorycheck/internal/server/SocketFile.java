package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The socket that clients connect to: a listener and its name in the file system.
 *
 * <p>It is bound under a name of its own, made accessible to its user only, and published with a hard link, which fails
 * when the public name exists. So the public name never belongs to nobody, is never open to others, and replaces
 * nothing. A stale socket is removed before, under a {@linkplain StaleSocketLock lock} between processes.
 */
final class SocketFile implements AutoCloseable {

    /** Clients that may wait to be let in; the kernel cuts it to its own limit, 4096 or less. */
    private static final int BACKLOG = 1024;

    private static final int LONGEST_TEMPORARY_NAME = 12;
    private static final int ATTEMPTS = 100;

    private final SocketPath socket;
    private final ServerSocketChannel listener;
    private final UserPrincipal owner;
    private final Object identity;

    private SocketFile(SocketPath socket, ServerSocketChannel listener, UserPrincipal owner, Object identity) {
        this.socket = socket;
        this.listener = listener;
        this.owner = owner;
        this.identity = identity;
    }

    /** Listens at a path; throws a {@link TrackerException} when something else has it, or nothing can be there. */
    static SocketFile publish(SocketPath socket) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        AutoCloseable opened = listener;
        Path bound = null;
        try {
            bound = bind(listener, socket);
            Files.setPosixFilePermissions(bound, PosixFilePermissions.fromString("rw-------"));
            UserPrincipal owner = Files.getOwner(bound);
            SocketFile file = new SocketFile(socket, listener, owner, SocketPath.identity(bound));
            opened = file;
            file.link(bound);
            Files.delete(bound);
            return file;
        } catch (IOException | RuntimeException e) {
            undo(e, opened, bound);
            throw e;
        }
    }

    private static Path bind(ServerSocketChannel listener, SocketPath socket) throws IOException {
        // No longer than the public name where that is possible: the length of a socket's path is limited.
        int room = socket.path().getFileName().toString().length();
        int length = Math.max(2, Math.min(LONGEST_TEMPORARY_NAME, room));
        SplittableRandom random = new SplittableRandom();
        BindException last = new BindException("no free name was found");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String digits = Long.toString(random.nextLong(Long.MAX_VALUE / 2, Long.MAX_VALUE), Character.MAX_RADIX);
            Path temporary = socket.path().resolveSibling("." + digits.substring(digits.length() - length + 1));
            try {
                listener.bind(UnixDomainSocketAddress.of(temporary), BACKLOG);
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

    /** Returns how whoever started the server names another path. */
    String otherPath() {
        return socket.otherPath();
    }

    ServerSocketChannel listener() {
        return listener;
    }

    /** The user this process acts for, as the kernel sees it. */
    UserPrincipal owner() {
        return owner;
    }

    boolean isOurs() {
        try {
            return identity.equals(SocketPath.identity(path()));
        } catch (IOException gone) {
            return false;
        }
    }

    /** Removes the name, if it still leads here, and stops listening. */
    @Override
    public void close() throws IOException {
        try (listener) {
            if (isOurs()) {
                Files.deleteIfExists(path());
            }
        }
    }
}
