package io.github.ttmemorycheck.tracker;

import io.github.ttmemorycheck.internal.server.AllocationService;
import io.github.ttmemorycheck.internal.server.DumpText;
import io.github.ttmemorycheck.internal.server.ServiceUnavailableException;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.TrackerSocket;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The embedded tracker: an allocation server in this JVM, to which the runtime's own client connects.
 *
 * <p>It knows every buffer. A snapshot, a mark and a diff hold each event whose {@code send} had returned before they were
 * asked for, whichever process sent it: every connection is read to its end first. Clients of every generation of the
 * protocol may be connected at once; malformed messages are counted and change nothing.
 *
 * <p>The socket is accessible to its user only, clients of other users are refused, and nothing that another program put
 * at the path is ever replaced, except a socket of the same user that no server listens at any more. The socket is removed
 * at the end, at the latest when the JVM shuts down.
 *
 * <p>Keep a server open as long as its clients live: a native client that sends after its server has gone ends by SIGPIPE.
 *
 * <p>All methods may be called from any thread.
 */
public final class AllocationServer implements MemoryTracker, AutoCloseable {

    /** Where the runtime's client connects, {@code /tmp/tt_allocation_server.sock}; it cannot be told otherwise. */
    public static final Path DEFAULT_SOCKET = TrackerSocket.DEFAULT;

    private final AllocationService service;

    AllocationServer(AllocationService service) {
        this.service = service;
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
        return OpenServers.start(socket);
    }

    /**
     * Finds the server that this JVM has open at a path.
     *
     * @param socket the path; links in its directory do not matter
     * @return the server, or empty when this JVM serves nobody there
     */
    public static Optional<AllocationServer> running(Path socket) {
        return OpenServers.find(socket);
    }

    /**
     * Returns where clients connect.
     *
     * @return the absolute path of the socket
     */
    public Path socket() {
        return service.socket();
    }

    @Override
    public String description() {
        return "embedded tracker, " + socket();
    }

    /** Returns true: every buffer is known. */
    @Override
    public boolean knowsBuffers() {
        return true;
    }

    @Override
    public Mark mark() {
        return new ServerMark(service, known(service::mark));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when the mark was closed or belongs to another tracker
     */
    @Override
    public SnapshotDiff since(Mark mark) {
        if (!(mark instanceof ServerMark ours) || !ours.belongsTo(service)) {
            throw new IllegalStateException(
                    "a mark can be compared only by the tracker that made it, and this one was not made by the "
                            + description());
        }
        return known(() -> service.since(ours.moment()));
    }

    @Override
    public List<DeviceBuffer> freedSince(Mark mark) {
        return mark instanceof ServerMark ours && ours.belongsTo(service)
                ? service.freedSince(ours.moment())
                : List.of();
    }

    @Override
    public MemorySnapshot snapshot() {
        return known(service::snapshot);
    }

    @Override
    public long activity() {
        mark().close();
        return events();
    }

    @Override
    public void dump(Appendable out) throws IOException {
        DumpText.full().write(snapshot(), out);
    }

    /**
     * Returns how many events were received and booked. Does not read what is still on its way, as {@link #snapshot()}
     * does.
     *
     * @return events since the start, frees of unknown buffers included
     */
    public long events() {
        return service.events();
    }

    /**
     * Returns how many frees named nothing that was live. That is normal: a runtime also frees what it allocated before
     * it was tracked.
     *
     * @return frees since the start
     */
    public long unknownFrees() {
        return service.unknownFrees();
    }

    /**
     * Returns how many malformed messages were received and ignored.
     *
     * @return messages since the start
     */
    public long malformedMessages() {
        return service.malformedMessages();
    }

    /**
     * Returns how many clients are connected.
     *
     * @return connections at present
     */
    public int connections() {
        return service.connections();
    }

    /**
     * Ends the server: its connections, its thread, and its socket's file, unless somebody has replaced that. Waits at
     * most five seconds. Doing so twice is harmless.
     */
    @Override
    public void close() {
        service.close();
        OpenServers.forget(this);
    }

    @Override
    public String toString() {
        return description();
    }

    boolean isServing() {
        return service.isServing();
    }

    AllocationService service() {
        return service;
    }

    private static <T> T known(Supplier<T> question) {
        try {
            return question.get();
        } catch (ServiceUnavailableException e) {
            throw new TrackerException(String.valueOf(e.getMessage()), e.getCause());
        }
    }

    /**
     * Serves until the process is told to end (SIGTERM or SIGINT), then removes the socket.
     *
     * @param arguments {@code --socket PATH} to listen elsewhere than at {@link #DEFAULT_SOCKET}; {@code --monitor} to print
     *     the totals of each device twice a second, of the server that listens there already if one does; {@code --help}.
     *     Exit codes: 2 for a bad argument, 1 when it cannot start or ends by an error; what the signal gives otherwise
     */
    public static void main(String[] arguments) {
        int exitCode = new ServerProgram(System.out, System.err).run(List.of(arguments));
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
