package io.github.ttmemorycheck.tracker;

import static org.apiguardian.api.API.Status.STABLE;

import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.wire.TrackerSocket;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apiguardian.api.API;

/**
 * An allocation server in this JVM, to which the runtime's own client connects: what tests are measured with when the
 * tracker is {@code embedded}.
 *
 * <p>It knows every buffer. A snapshot holds each event whose {@code send} had returned before it was asked for,
 * whichever process sent it: every connection is read to its end first. Clients of every generation of the protocol may
 * be connected at once; malformed messages are counted and change nothing.
 *
 * <p>The socket is accessible to its user only, clients of other users are refused, and nothing that another program
 * put at the path is ever replaced, except a socket of the same user that no server listens at any more. The socket is
 * removed at the end, at the latest when the JVM shuts down. Where other processes are connected at that time, a small
 * program takes the server over with all that it knows, and ends with the last of them; nobody notices.
 *
 * <p>A native client that sends after its server was closed by {@link #close()}, or killed, ends by SIGPIPE.
 *
 * <p>All methods may be called from any thread.
 */
@API(status = STABLE, since = "0.1")
public final class AllocationServer implements AutoCloseable {

    /** Where the runtime's client connects, {@code /tmp/tt_allocation_server.sock}; that is built into it. */
    public static final Path DEFAULT_SOCKET = TrackerSocket.DEFAULT;

    /** One for each tracker that is open, so that whoever asks twice gets the same. */
    private static final Map<EmbeddedTracker, AllocationServer> OPEN = new ConcurrentHashMap<>();

    private final EmbeddedTracker tracker;

    private AllocationServer(EmbeddedTracker tracker) {
        this.tracker = tracker;
    }

    /**
     * Starts a server where the runtime's client connects.
     *
     * @return the server; close it when it is not needed any more
     * @throws TrackerException when it cannot listen there, with the reason and the way out
     */
    public static AllocationServer start() {
        return start(DEFAULT_SOCKET);
    }

    /**
     * Starts a server at a path.
     *
     * @param socket where to listen, at most 106 bytes, in a directory that exists
     * @return the server; close it when it is not needed any more
     * @throws TrackerException when it cannot listen there, with the reason and the way out
     */
    public static AllocationServer start(String socket) {
        return start(Path.of(socket));
    }

    /**
     * Starts a server at a path.
     *
     * @param socket where to listen, at most 106 bytes, in a directory that exists
     * @return the server; close it when it is not needed any more
     * @throws TrackerException when it cannot listen there, with the reason and the way out
     */
    public static AllocationServer start(Path socket) {
        return of(EmbeddedTracker.start(socket));
    }

    /**
     * Finds the server that this JVM has open at a path.
     *
     * @param socket the path; links in its directory do not matter
     * @return the server, or empty when this JVM serves nobody there
     */
    public static Optional<AllocationServer> running(Path socket) {
        return EmbeddedTracker.running(socket).map(AllocationServer::of);
    }

    private static AllocationServer of(EmbeddedTracker tracker) {
        return OPEN.computeIfAbsent(tracker, AllocationServer::new);
    }

    /**
     * Returns where clients connect.
     *
     * @return the absolute path of the socket
     */
    public Path socket() {
        return tracker.socket();
    }

    /**
     * Returns everything that is allocated now.
     *
     * @return the snapshot, with every buffer
     * @throws TrackerException when that cannot be known, as after {@link #close()}
     */
    public MemorySnapshot snapshot() {
        return tracker.snapshot();
    }

    /**
     * Writes everything that is allocated now for people to read, a line for each buffer.
     *
     * @param out where to write; not closed
     * @throws TrackerException when what is allocated cannot be known, as after {@link #close()}
     * @throws IOException when {@code out} fails
     */
    public void dump(Appendable out) throws IOException {
        tracker.dump(out);
    }

    /**
     * Returns how many events were received and booked. Does not read what is still on its way, as {@link #snapshot()}
     * does.
     *
     * @return events since the start, frees of unknown buffers included
     */
    public long events() {
        return tracker.counts().events();
    }

    /**
     * Returns how many frees named nothing that was live. That is normal: a runtime also frees what it allocated before
     * it was tracked.
     *
     * @return frees since the start
     */
    public long unknownFrees() {
        return tracker.counts().unknownFrees();
    }

    /**
     * Returns how many malformed messages were received and ignored.
     *
     * @return messages since the start
     */
    public long malformedMessages() {
        return tracker.counts().malformedMessages();
    }

    /**
     * Returns how many clients are connected.
     *
     * @return connections at present
     */
    public int connections() {
        return tracker.counts().connections();
    }

    /**
     * Ends the server: its connections, its thread, and its socket's file, unless somebody has replaced that. Waits at
     * most five seconds. Doing so twice is harmless.
     */
    @Override
    public void close() {
        tracker.close();
        OPEN.remove(tracker);
    }

    @Override
    public String toString() {
        return tracker.description();
    }

    /**
     * Serves until the process is ended by SIGTERM or SIGINT, then removes the socket.
     *
     * @param arguments {@code --socket PATH} to listen elsewhere than at {@link #DEFAULT_SOCKET}; {@code --monitor} to
     *     print the totals of each device twice a second, of the server that listens there already if one does; {@code
     *     --help}. Exit codes: 2 for a bad argument, 1 when it cannot start or ends by an error; what the signal gives
     *     otherwise
     */
    public static void main(String[] arguments) {
        int exitCode = new ServerProgram(System.out, System.err).run(List.of(arguments));
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
