package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.socket.BoundedSocket;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.locks.LockSupport;

/** A socket whose server has gone: recognised, and removed, with care for everything that only looks like one. */
final class StaleSocket {

    /** How often a socket must refuse before it counts as stale: a server listens shortly after it has bound. */
    private static final int PROBES = 3;

    private static final long PAUSE_NANOS = 20_000_000;
    private static final long ANSWER_NANOS = 500_000_000;

    private StaleSocket() {}

    /** Removes a stale socket of this user, and throws a {@link TrackerException} where anything else is. */
    static void remove(SocketPath socket, UserPrincipal user) throws IOException {
        Path path = socket.path();
        try {
            Object identity = SocketPath.identity(path);
            if (!SocketPath.isSocket(path)) {
                throw socket.unavailable("there is " + SocketPath.describe(path)
                        + ", and only a stale socket is ever replaced; remove it or " + socket.otherPath());
            }
            refuseIfLive(socket);
            UserPrincipal owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
            if (!owner.equals(user)) {
                throw socket.unavailable("there is a stale socket of user " + owner.getName() + ", and this is user "
                        + user.getName() + "; have it removed or " + socket.otherPath());
            }
            if (identity.equals(SocketPath.identity(path))) {
                removeFirstName(path, identity);
                Files.delete(path);
            }
        } catch (NoSuchFileException gone) {
            // Then there is room already.
        }
    }

    /** Removes the hidden name that the socket was bound under, which a server that was killed leaves, too. */
    private static void removeFirstName(Path path, Object identity) throws IOException {
        try (DirectoryStream<Path> hidden =
                Files.newDirectoryStream(path.toAbsolutePath().getParent(), ".*")) {
            for (Path name : hidden) {
                if (identity.equals(SocketPath.identity(name))) {
                    Files.deleteIfExists(name);
                }
            }
        } catch (NoSuchFileException | DirectoryIteratorException changing) {
            // Somebody else's file: whatever is left of ours is in nobody's way.
        }
    }

    private static void refuseIfLive(SocketPath socket) throws IOException {
        Path path = socket.path();
        for (int probe = 1; ; probe++) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.configureBlocking(false);
                channel.connect(UnixDomainSocketAddress.of(path));
                throw taken(socket, listener(path));
            } catch (ConnectException refused) {
                if (probe == PROBES) {
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (IOException e) {
                if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
                    throw new NoSuchFileException(path.toString());
                }
                // A queue that is full, or no permission: somebody is there.
                throw taken(socket, "it does not answer: " + e.getMessage());
            }
        }
    }

    /** Returns the process that listens, as far as it can be found out. */
    private static String listener(Path path) {
        try (BoundedSocket socket = BoundedSocket.connect(path, ANSWER_NANOS)) {
            int process = socket.peerProcess();
            return ("pid " + process + " " + ProcFiles.ofThisSystem().command(process)).stripTrailing();
        } catch (IOException e) {
            return "its process is not known: " + e.getMessage();
        }
    }

    private static TrackerException taken(SocketPath socket, String owner) {
        return socket.unavailable("another server listens there (" + owner + "); stop it, use it with "
                + SettingKeys.TRACKER + "=server, or " + socket.otherPath());
    }
}
