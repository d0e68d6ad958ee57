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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The embedded tracker: an allocation server in this JVM, to which the runtime's own client connects. It knows every
 * buffer. {@code AllocationServer} gives it to users.
 */
public final class EmbeddedTracker implements MemoryTracker, AutoCloseable {

    private final AllocationService service;
    private final EventBook book;

    EmbeddedTracker(AllocationService service) {
        this.service = service;
        this.book = service.book();
    }

    /**
     * Starts a server for tests, whose users choose its path by a setting.
     *
     * @throws TrackerException when it cannot listen there
     */
    public static EmbeddedTracker start(Path socket) {
        return start(socket, "set " + SettingKeys.SOCKET + " to another path");
    }

    /**
     * Starts a server.
     *
     * @param otherPath how its user can name another path, for the end of a sentence
     * @throws TrackerException when it cannot listen there
     */
    public static EmbeddedTracker start(Path socket, String otherPath) {
        return OpenServers.start(socket, otherPath);
    }

    /** Finds the server that this JVM has open at a path; links in its directory do not matter. */
    public static Optional<EmbeddedTracker> running(Path socket) {
        return OpenServers.find(socket);
    }

    /** Returns the absolute path at which clients connect. */
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
    public Mark mark() {
        return service.drained(() -> book.mark(System.nanoTime()));
    }

    @Override
    public SnapshotDiff since(Mark mark) {
        return service.drained(() -> book.since(open(mark).orElseThrow(() -> MemoryTracker.notOpen(this))));
    }

    @Override
    public List<DeviceBuffer> freedSince(Mark mark) {
        return service.locked(() -> open(mark).map(book.registry()::freedSince).orElse(List.of()));
    }

    private Optional<Moment> open(Mark mark) {
        return mark instanceof Moment moment && book.registry().isMarked(moment)
                ? Optional.of(moment)
                : Optional.empty();
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

    /** Returns how many events were booked, frees of unknown buffers included; what is on its way is not read. */
    public long events() {
        return service.locked(book::events);
    }

    /** Returns how many frees named nothing that was live. */
    public long unknownFrees() {
        return service.locked(book.registry()::unknownFrees);
    }

    /** Returns how many messages were malformed. */
    public long malformedMessages() {
        return service.locked(book::malformed);
    }

    /** Returns how many clients are connected. */
    public int connections() {
        return service.connections();
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
        OpenServers.forget(this);
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
