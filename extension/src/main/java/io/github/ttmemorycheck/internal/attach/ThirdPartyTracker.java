package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.attach.KnownBuffers.Listing;
import io.github.ttmemorycheck.internal.tracker.DumpText;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.tracker.TotalsText;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A third-party allocation server: totals by asking, and buffers where its output can be read and the two agree.
 *
 * <p>Thread-safe: one lock guards what was read last; the conversations have their own.
 */
final class ThirdPartyTracker extends ServerTracker {

    private static final long BETWEEN_SWEEPS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** What was read at one time; kept for a mark. */
    private record State(ThirdPartyTracker owner, ThirdPartyServer.Reading reading, Listing listing, long takenAtNanos)
            implements Mark {

        @Override
        public MemoryTotals totals() {
            return reading.totals();
        }

        @Override
        public long order() {
            return listing.order();
        }

        @Override
        public void close() {
            // Nothing is kept elsewhere.
        }
    }

    /** What was gone, since a mark, once the server had looked which of its clients live. */
    private record Swept(State since, MemoryTotals gone) {}

    private final Path socket;
    private final ThirdPartyServer server;
    private final @Nullable DumpWatch output;
    private final KnownBuffers known = new KnownBuffers();
    private MemoryTotals last = MemoryTotals.NONE;
    private MemoryTotals sweptTotals = MemoryTotals.NONE;
    private long sweptAtNanos;
    private boolean unsettled;
    private @Nullable Swept swept;
    private long changes;

    ThirdPartyTracker(Path socket, ThirdPartyServer server, @Nullable DumpWatch output, Runnable atEnd) {
        super(atEnd);
        this.socket = socket;
        this.server = server;
        this.output = output;
    }

    @Override
    public synchronized String description() {
        String doubt = (unsettled ? "; it was busy while it was asked, so its totals may lack what was on its way" : "")
                + (server.canDump() ? "" : "; it runs in another PID namespace, and is asked for no dump");
        return "third-party allocation server tracker, " + socket + ", "
                + server.identity().process() + ", "
                + server.identity().generation().length() + "-byte messages, totals of devices 0-"
                + (server.devices() - 1) + " read when none of its threads had anything left to do"
                + (output == null ? "" : ", " + output.description()) + doubt;
    }

    @Override
    public boolean knowsBuffers() {
        return false;
    }

    @Override
    public Mark mark() {
        return read(true);
    }

    @Override
    public SnapshotDiff since(Mark mark) {
        if (!(mark instanceof State then) || then.owner != this) {
            throw MemoryTracker.notOpen(this);
        }
        State now = swept(then, read(true));
        if (then.reading.session() != now.reading.session()) {
            throw new TrackerException(
                    "another allocation server answers than the one that was asked before",
                    "what changed since a mark, " + socket,
                    server.identity().process() + ", which knows nothing of what was allocated before it started",
                    ServerProbe.REMEDY,
                    null);
        }
        refuseUnsettled(then, "when the mark was made");
        refuseUnsettled(now, "when the test had ended");
        Listing earlier = then.listing;
        Listing later = now.listing;
        boolean complete = earlier.isComplete() && later.isComplete();
        List<DeviceBuffer> left = later.buffers().stream()
                .filter(buffer -> buffer.order() > earlier.order())
                .filter(buffer -> complete || (earlier.names(buffer) && later.names(buffer)))
                .toList();
        List<DeviceBuffer> released = complete
                ? earlier.buffers().stream()
                        .filter(buffer -> later.buffers().stream().noneMatch(live -> live.order() == buffer.order()))
                        .toList()
                : List.of();
        return new SnapshotDiff(
                then.totals(), now.totals(), complete, left, released, List.of(), later.commands(), List.of());
    }

    /** Totals that lack what was on its way are no verdict: what is missing of a mark shows as left later. */
    private void refuseUnsettled(State state, String when) {
        if (!state.reading.settled()) {
            throw new TrackerException(
                    "the allocation server had not read all that it was sent",
                    "what changed since a mark, " + socket,
                    server.identity().process() + " was busy " + when,
                    "let nothing hold it up: have it write to a file, not to a terminal or a pipe that is read"
                            + " slowly, on a machine with less to do",
                    null);
        }
    }

    /**
     * Says what was gone once the server had looked which of its clients live: it sees those of its namespace alone.
     */
    @Override
    public synchronized List<String> remarks(Mark mark) {
        Swept last = swept;
        if (last == null || !last.since.equals(mark)) {
            return List.of();
        }
        long bytes = last.gone.sum();
        return List.of(ByteSize.format(bytes) + " went when the server looked which of its clients live:"
                + " they were of processes that have ended, or that it cannot see");
    }

    /**
     * Where more is held than before, makes the server look which processes live: it does so before each dump, and
     * would otherwise count for some seconds what an ended process held.
     */
    private synchronized State swept(State then, State now) {
        long nanos = System.nanoTime();
        boolean recent = now.totals().equals(sweptTotals) && nanos - sweptAtNanos < BETWEEN_SWEEPS_NANOS;
        if (output != null
                || recent
                || !server.canDump()
                || now.totals().risenSince(then.totals()).isZero()) {
            return now;
        }
        sweptAtNanos = nanos;
        requestDump();
        State again = read(true);
        sweptTotals = again.totals();
        MemoryTotals gone = now.totals().risenSince(again.totals());
        swept = gone.isZero() ? null : new Swept(then, gone);
        return again;
    }

    @Override
    public MemorySnapshot snapshot() {
        State now = read(true);
        Listing known = now.listing.isComplete() ? now.listing : Listing.NONE;
        return new MemorySnapshot(now.totals(), known.isComplete(), known.buffers(), known.commands(), List.of());
    }

    /** Returns how often the totals were found changed. */
    @Override
    public synchronized long activity() {
        read(false);
        return changes;
    }

    @Override
    public void dump(Appendable out) throws IOException {
        MemorySnapshot snapshot = snapshot();
        if (snapshot.buffersKnown()) {
            DumpText.full().write(snapshot, out);
        } else {
            TotalsText.write(snapshot.totals(), out);
        }
    }

    @Override
    public OptionalLong capacity(MemoryPool pool) {
        return server.capacity(pool);
    }

    @Override
    public void requestDump() {
        if (!server.canDump()) {
            return;
        }
        try {
            if (output != null) {
                output.request();
            } else {
                server.requestDump();
            }
        } catch (IOException | TrackerException leftToTheNextQuestion) {
            // That a server has gone shows when it is asked something that has an answer.
        }
    }

    /** Reads totals, the dump, and the totals again: the dump counts where both agree with it. */
    private synchronized State read(boolean buffers) {
        try {
            ThirdPartyServer.Reading reading = server.read();
            Listing listing = Listing.NONE;
            Optional<ParsedDump> dump =
                    output == null || !buffers || !server.canDump() ? Optional.empty() : output.request();
            if (dump.isPresent()) {
                reading = server.read();
                listing = known.take(dump.get(), reading.totals(), System.nanoTime());
            }
            unsettled = !reading.settled();
            if (!reading.totals().equals(last)) {
                changes++;
                last = reading.totals();
            }
            return new State(this, reading, listing, System.nanoTime());
        } catch (IOException e) {
            throw new TrackerException("the output of the allocation server at " + socket + " cannot be read: " + e, e);
        }
    }

    @Override
    void endConversation() {
        server.close();
    }
}
