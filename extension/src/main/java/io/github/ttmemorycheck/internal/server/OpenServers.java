package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The servers that this JVM has open, by the real path of their socket. Closes what is left of them when the JVM shuts
 * down.
 *
 * <p>One lock guards all, and is held while a server starts, so that of two threads that start one at the same path the
 * second finds the first's.
 */
final class OpenServers {

    private static final Map<Path, EmbeddedTracker> OPEN = new HashMap<>();
    private static boolean hookIsSet;

    private OpenServers() {}

    static synchronized EmbeddedTracker start(Path socket, String otherPath) {
        if (find(socket).isPresent()) {
            throw new TrackerException("the allocation server cannot listen at " + socket
                    + ": this JVM has one open there; use that (AllocationServer.running(path)), close it first, or"
                    + " choose another path");
        }
        try {
            EmbeddedTracker started = new EmbeddedTracker(AllocationService.start(SocketPath.of(socket, otherPath)));
            OPEN.put(real(socket), started);
            setHook();
            return started;
        } catch (IOException e) {
            throw new TrackerException(String.valueOf(e.getMessage()), e);
        }
    }

    static synchronized Optional<EmbeddedTracker> find(Path socket) {
        return Optional.ofNullable(OPEN.get(real(socket))).filter(EmbeddedTracker::isServing);
    }

    static synchronized void forget(EmbeddedTracker server) {
        OPEN.values().remove(server);
    }

    private static void setHook() {
        if (!hookIsSet) {
            Runtime.getRuntime().addShutdownHook(new Thread(OpenServers::closeAll, "tt-allocation-server-shutdown"));
            hookIsSet = true;
        }
    }

    private static void closeAll() {
        List<EmbeddedTracker> left;
        synchronized (OpenServers.class) {
            left = List.copyOf(OPEN.values());
        }
        left.forEach(EmbeddedTracker::close);
    }

    private static Path real(Path socket) {
        Path absolute = socket.toAbsolutePath();
        Path directory = absolute.getParent();
        Path name = absolute.getFileName();
        try {
            return directory == null || name == null
                    ? absolute
                    : directory.toRealPath().resolve(name);
        } catch (IOException noSuchDirectory) {
            return absolute.normalize();
        }
    }
}
