package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.tracker.DumpText;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The embedded tracker: an allocation server in this JVM, to which the runtime's own client connects. It knows every
 * buffer. {@code AllocationServer} gives it to users. What is left open is closed when the JVM shuts down, or handed
 * over where other processes use it.
 */
public final class EmbeddedTracker implements MemoryTracker, AutoCloseable {

    /**
     * Those that this JVM has open, by the real path of their socket. The lock of this class guards them and is held
     * while a server starts, so that of two threads that start one at the same path the second finds the first's.
     */
    private static final Map<Path, EmbeddedTracker> OPEN = new HashMap<>();

    private static boolean hookIsSet;

    private final AllocationService service;
    private final EventBook book;
    private final boolean endsWithItsJvm;

    private EmbeddedTracker(AllocationService service, boolean endsWithItsJvm) {
        this.service = service;
        this.book = service.book();
        this.endsWithItsJvm = endsWithItsJvm;
    }

    /** What a server has counted since its start: {@code AllocationServer} says what each is. */
    public record Counts(long events, long unknownFrees, long malformedMessages, int connections) {}

    /**
     * Starts a server for tests, whose users choose its path by a setting. Where other processes use it when this JVM
     * ends, it is handed over to a program of its own.
     *
     * @throws TrackerException when it cannot listen there
     */
    public static EmbeddedTracker start(Path socket) {
        return start(socket, "set " + SettingKeys.SOCKET + " to another path", false);
    }

    /**
     * Starts the server of a program, which ends with it whoever is connected.
     *
     * @param otherPath how its user can name another path, for the end of a sentence
     * @throws TrackerException when it cannot listen there
     */
    public static EmbeddedTracker start(Path socket, String otherPath) {
        return start(socket, otherPath, true);
    }

    private static synchronized EmbeddedTracker start(Path socket, String otherPath, boolean endsWithItsJvm) {
        if (running(socket).isPresent()) {
            throw new TrackerException("the allocation server cannot listen at " + socket
                    + ": this JVM has one open there; use that (AllocationServer.running(path)), close it first, or"
                    + " choose another path");
        }
        try {
            AllocationService service = AllocationService.start(SocketPath.of(socket, otherPath));
            EmbeddedTracker started = new EmbeddedTracker(service, endsWithItsJvm);
            OPEN.put(real(socket), started);
            if (!hookIsSet) {
                Thread hook = new Thread(EmbeddedTracker::closeAll, "tt-allocation-server-shutdown");
                Runtime.getRuntime().addShutdownHook(hook);
                hookIsSet = true;
            }
            return started;
        } catch (IOException e) {
            throw new TrackerException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Finds the server that this JVM has open at a path; links in its directory do not matter. */
    public static synchronized Optional<EmbeddedTracker> running(Path socket) {
        return Optional.ofNullable(OPEN.get(real(socket))).filter(EmbeddedTracker::isServing);
    }

    private static void closeAll() {
        List<EmbeddedTracker> left;
        synchronized (EmbeddedTracker.class) {
            left = List.copyOf(OPEN.values());
        }
        for (EmbeddedTracker each : left) {
            if (each.endsWithItsJvm) {
                each.close();
            } else {
                Handover.end(each.service);
            }
        }
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

    public Path socket() {
        return service.socket();
    }

    @Override
    public String description() {
        return "embedded tracker, " + socket();
    }

    @Override
    public boolean knowsBuffers() {
        return true;
    }

    @Override
    public boolean hasHeardOf(int processId) {
        return service.locked(() -> book.hasHeardOf(processId));
    }

    @Override
    public boolean isOfAnotherRun(int processId) {
        int self = (int) ProcessHandle.current().pid();
        return service.locked(() -> book.processes().isOfAnotherRun(processId, self));
    }

    @Override
    public Mark mark() {
        return service.drained(() -> book.mark(System.nanoTime()));
    }

    @Override
    public SnapshotDiff since(Mark mark) {
        return service.drained(() -> {
            ServerMark ours = open(mark).orElseThrow(() -> MemoryTracker.notOpen(this));
            TrackerException blind = book.blindness().since(ours.blindBefore(), socket().toString());
            if (blind != null) {
                throw blind;
            }
            return book.since(ours);
        });
    }

    @Override
    public List<DeviceBuffer> freedSince(Mark mark) {
        return service.locked(() -> open(mark).map(book.registry()::freedSince).orElse(List.of()));
    }

    private Optional<ServerMark> open(Mark mark) {
        return mark instanceof ServerMark ours && book.registry().isMarked(ours) ? Optional.of(ours) : Optional.empty();
    }

    @Override
    public MemorySnapshot snapshot() {
        return service.drained(book::snapshot);
    }

    @Override
    public long activity() {
        return service.drained(book::events);
    }

    @Override
    public void dump(Appendable out) throws IOException {
        DumpText.full().write(snapshot(), out);
    }

    /** Returns what was counted so far; what is on its way is not read. */
    public Counts counts() {
        return service.locked(() -> new Counts(
                book.events(),
                book.registry().unknownFrees(),
                book.malformed(),
                service.connections().size()));
    }

    /** Returns whether clients are served: the server was neither closed nor ended by an error. */
    public boolean isServing() {
        return service.isServing();
    }

    /** Waits, without a bound, until the server has ended; returns what ended it, or null when it was closed. */
    public @Nullable Throwable awaitEnd() throws InterruptedException {
        return service.awaitEnd();
    }

    /** Ends the server, and removes its socket. Waits at most five seconds. Doing so twice is harmless. */
    @Override
    public void close() {
        service.close();
        synchronized (EmbeddedTracker.class) {
            OPEN.values().remove(this);
        }
    }

    @Override
    public String toString() {
        return description();
    }

    /** For tests. */
    AllocationService service() {
        return service;
    }
}
