package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An allocation server that runs in another process: an {@code AllocationServer} of another JVM, which knows every
 * buffer, or a third-party server of any generation, which answers with totals of devices 0 to 7 and counts L1_SMALL
 * and SYSTEM_MEMORY as one. Where the output of a third-party server can be read, the dumps in it name the buffers of
 * which a device has 10 or fewer of a kind.
 *
 * <p>No server is harmed. Each wait is bounded: two seconds for an answer, ten for a server that was started. All
 * methods may be called from any thread.
 */
public abstract sealed class ServerTracker implements MemoryTracker, AutoCloseable
        permits PeerTracker, ThirdPartyTracker {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration START_PATIENCE = Duration.ofSeconds(10);

    private final Runnable atEnd;

    ServerTracker(Runnable atEnd) {
        this.atEnd = atEnd;
    }

    /** Attaches to a server that runs. */
    public static ServerTracker attach(Path socket) {
        return attach(socket, PATIENCE, null);
    }

    /** Attaches to a server that runs, and reads its output from a file, which must exist. */
    public static ServerTracker attach(Path socket, Path log) {
        try {
            return attach(socket, PATIENCE, new LogFile(log));
        } catch (IOException e) {
            throw new TrackerException(
                    "the output of the allocation server cannot be read from " + log
                            + ": the file must exist and be readable (" + e + "); start the server with its output"
                            + " redirected there, or name the file that it writes by " + SettingKeys.SERVER_LOG,
                    e);
        }
    }

    /**
     * Starts a server by a command line for {@code sh}, waits until it answers at the socket, and reads its output. The
     * server is ended with this tracker, at the latest with the JVM.
     */
    public static ServerTracker start(String command, Path socket) {
        return start(command, socket, START_PATIENCE);
    }

    static ServerTracker start(String command, Path socket, Duration patience) {
        StartedServer server = StartedServer.start(command, socket, patience.toNanos());
        try {
            return attach(socket, PATIENCE, server);
        } catch (TrackerException e) {
            server.close();
            throw e;
        }
    }

    static ServerTracker attach(Path socket, Duration patience, @Nullable ServerOutput output) {
        Runnable atEnd = output instanceof StartedServer started ? started::close : () -> {};
        long nanos = patience.toNanos();
        ServerIdentity identity = ServerProbe.identify(socket, nanos);
        if (identity.isPeer()) {
            return new PeerTracker(socket, identity, nanos, atEnd).begin();
        }
        return new ThirdPartyTracker(
                socket,
                new ThirdPartyServer(socket, identity, nanos, ThirdPartyServer.SETTLING, ProcFiles.ofThisSystem()),
                output == null ? null : new DumpWatch(socket, output),
                atEnd);
    }

    /** Returns whether the server at a path is of another user than this process's and root: it decides nothing. */
    public static boolean isForeign(Path socket) {
        return ServerProbe.foreignUser(socket).isPresent();
    }

    /** Returns whether somebody accepts connections at a path. Asks nothing. */
    public static boolean isListening(Path socket) {
        return ServerProbe.isListening(socket);
    }

    /**
     * Attaches to the {@code AllocationServer} of another JVM; returns nothing where nobody listens or a third-party
     * server does.
     */
    public static Optional<ServerTracker> attachToPeer(Path socket) {
        try {
            ServerIdentity identity = ServerProbe.identify(socket, PATIENCE.toNanos());
            return identity.isPeer()
                    ? Optional.of(new PeerTracker(socket, identity, PATIENCE.toNanos(), () -> {}).begin())
                    : Optional.empty();
        } catch (TrackerException nobody) {
            return Optional.empty();
        }
    }

    abstract void endConversation();

    /** Ends the conversation, and the server where this tracker started it. Doing so twice is harmless. */
    @Override
    public final void close() {
        endConversation();
        atEnd.run();
    }

    @Override
    public final String toString() {
        return description();
    }
}
