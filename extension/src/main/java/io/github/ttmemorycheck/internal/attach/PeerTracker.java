package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.tracker.DumpText;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.nio.file.Path;

/** The {@link AllocationServer} of another process, used as if it were this one's. Thread-safe, as its server is. */
final class PeerTracker implements MemoryTracker {

    private record PeerMark(PeerTracker owner, PeerServer.PeerMark mark) implements Mark {

        @Override
        public MemoryTotals totals() {
            return mark.totals();
        }

        @Override
        public long order() {
            return mark.order();
        }

        @Override
        public long takenAtNanos() {
            return mark.takenAtNanos();
        }

        @Override
        public void close() {
            owner.server.forget(mark);
        }
    }

    private interface Question<T> {
        T ask() throws UnansweredException;
    }

    private final Path socket;
    private final PeerServer server;

    PeerTracker(Path socket, PeerServer server) {
        this.socket = socket;
        this.server = server;
    }

    @Override
    public String description() {
        return "attached allocation server tracker, " + socket + ", AllocationServer of "
                + server.identity().process();
    }

    @Override
    public boolean knowsBuffers() {
        return true;
    }

    @Override
    public Mark mark() {
        return new PeerMark(this, answered(server::mark));
    }

    @Override
    public SnapshotDiff since(Mark mark) {
        if (!(mark instanceof PeerMark ours) || ours.owner() != this) {
            throw new IllegalStateException(
                    "a mark can be compared only by the tracker that made it, and this one was not made by the "
                            + description());
        }
        return answered(() -> server.since(ours.mark()));
    }

    @Override
    public MemorySnapshot snapshot() {
        return answered(server::snapshot);
    }

    @Override
    public long activity() {
        return answered(server::events);
    }

    @Override
    public void dump(Appendable out) throws IOException {
        DumpText.full().write(snapshot(), out);
    }

    void close() {
        server.close();
    }

    private static <T> T answered(Question<T> question) {
        try {
            return question.ask();
        } catch (UnansweredException e) {
            throw Unanswered.because(e, Unanswered.OTHER_JVM);
        }
    }
}
