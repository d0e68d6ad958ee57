package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An allocation server that runs in another process, of whatever make and generation.
 *
 * <p>An {@link AllocationServer} of another JVM tells every buffer. A server of another make answers with totals of devices 0
 * to 7, counts L1_SMALL and SYSTEM_MEMORY as one, and reads each connection by itself: its totals are read until none of its
 * threads has anything left to do, at most a quarter of a second. Where its output can be read, the dumps in it name the buffers of which a device
 * has 10 or fewer of a kind.
 *
 * <p>No server is harmed by it: what a server is, is found out by single 72-byte requests, each alone on its connection, and
 * everything else is asked in the server's own generation.
 *
 * <p>Each wait is bounded: two seconds for an answer, ten for a server that was started. All methods may be called from any
 * thread.
 */
public final class ServerTracker implements MemoryTracker, AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(2);
    static final Duration START_PATIENCE = Duration.ofSeconds(10);

    private final MemoryTracker tracker;
    private final Runnable end;

    private ServerTracker(MemoryTracker tracker, Runnable end) {
        this.tracker = tracker;
        this.end = end;
    }

    /**
     * Attaches to a server that runs.
     *
     * @param socket where it listens
     * @return the tracker; close it when it is not needed any more
     * @throws TrackerException when nobody answers there
     */
    public static ServerTracker attach(Path socket) {
        return attach(socket, PATIENCE, null);
    }

    /**
     * Attaches to a server that runs, and reads its output from a file.
     *
     * @param socket where it listens
     * @param log the file that its output is written to; it must exist
     * @return the tracker; close it when it is not needed any more
     * @throws TrackerException when nobody answers there, or the file cannot be read
     */
    public static ServerTracker attach(Path socket, Path log) {
        try {
            return attach(socket, PATIENCE, new LogFile(log));
        } catch (IOException e) {
            throw new TrackerException(
                    "the output of the allocation server cannot be read from " + log
                            + ": the file must exist and be readable (" + e + "); start the server with its output"
                            + " redirected there, or drop tt.memory.check.server.log",
                    e);
        }
    }

    /**
     * Starts a server as a child, waits until it answers, and reads its output. The server is ended with this tracker, at
     * the latest with the JVM.
     *
     * @param command a command line for {@code sh}
     * @param socket where the server will listen
     * @return the tracker; close it to end the server
     * @throws TrackerException when it ends or does not answer within ten seconds, with what it printed
     */
    public static ServerTracker start(String command, Path socket) {
        return start(command, socket, START_PATIENCE);
    }

    static ServerTracker start(String command, Path socket, Duration patience) {
        StartedServer server;
        try {
            server = StartedServer.start(command, socket, patience.toNanos());
        } catch (UnansweredException e) {
            throw Unanswered.because(
                    e, "run the command of tt.memory.check.server.command by hand, and have it listen at " + socket);
        }
        try {
            ServerTracker attached = attach(socket, PATIENCE, server);
            return new ServerTracker(attached.tracker, () -> {
                attached.close();
                server.close();
            });
        } catch (TrackerException e) {
            server.close();
            throw e;
        }
    }

    static ServerTracker attach(Path socket, Duration patience, @Nullable ServerOutput output) {
        Objects.requireNonNull(socket, "socket");
        try {
            ServerIdentity identity = ServerProbe.identify(socket, patience.toNanos());
            if (identity.isPeer()) {
                PeerTracker peer = new PeerTracker(socket, new PeerServer(socket, identity, patience.toNanos()));
                return new ServerTracker(peer, peer::close);
            }
            ForeignTracker foreign = new ForeignTracker(
                    socket,
                    ForeignServer.of(socket, identity, patience.toNanos()),
                    output == null ? null : new DumpWatch(socket, output));
            return new ServerTracker(foreign, foreign::close);
        } catch (UnansweredException e) {
            throw Unanswered.because(e, Unanswered.OTHER_SERVER);
        }
    }

    /**
     * Tells whether somebody listens at a path. Asks nothing.
     *
     * @param socket the path
     * @return true when connections are accepted there
     */
    public static boolean isListening(Path socket) {
        return ServerProbe.isListening(socket);
    }

    /**
     * Attaches to the {@link AllocationServer} of another JVM, and to no other server.
     *
     * @param socket where it listens
     * @return the tracker, or empty when nobody listens there or a server of another make does
     */
    public static Optional<ServerTracker> attachToPeer(Path socket) {
        try {
            ServerIdentity identity = ServerProbe.identify(socket, PATIENCE.toNanos());
            return identity.isPeer() ? Optional.of(attach(socket)) : Optional.empty();
        } catch (UnansweredException nobody) {
            return Optional.empty();
        }
    }

    @Override
    public String description() {
        return tracker.description();
    }

    /** Returns true for a server of this library: then every buffer is known. */
    @Override
    public boolean knowsBuffers() {
        return tracker.knowsBuffers();
    }

    @Override
    public Mark mark() {
        return tracker.mark();
    }

    @Override
    public SnapshotDiff since(Mark mark) {
        return tracker.since(mark);
    }

    @Override
    public MemorySnapshot snapshot() {
        return tracker.snapshot();
    }

    @Override
    public long activity() {
        return tracker.activity();
    }

    @Override
    public void dump(Appendable out) throws IOException {
        tracker.dump(out);
    }

    @Override
    public OptionalLong capacity(int device, MemoryKind kind) {
        return tracker.capacity(device, kind);
    }

    @Override
    public void requestDump() {
        tracker.requestDump();
    }

    /** Ends the conversation, and the server where this tracker started it. Doing so twice is harmless. */
    @Override
    public void close() {
        end.run();
    }

    @Override
    public String toString() {
        return description();
    }
}
