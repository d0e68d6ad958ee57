package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A remembered moment of this server, and what happened since it that live entries do not show. */
final class Moment implements MemoryTracker.Mark {

    /** Ended processes kept: enough for a test that starts a process for each of some hundred cases, some 200 kB. */
    static final int MOST_ENDED = 1000;

    private final long serial;
    private final MemoryTotals totals;
    private final long order;
    private final long takenAtNanos;
    private final Consumer<Moment> closing;
    private final List<BufferEntry> released = new ArrayList<>();
    private final Deque<EndedProcess> ended = new ArrayDeque<>();

    Moment(long serial, MemoryTotals totals, long order, long takenAtNanos, Consumer<Moment> closing) {
        this.serial = serial;
        this.totals = totals;
        this.order = order;
        this.takenAtNanos = takenAtNanos;
        this.closing = closing;
    }

    long serial() {
        return serial;
    }

    @Override
    public MemoryTotals totals() {
        return totals;
    }

    @Override
    public long order() {
        return order;
    }

    @Override
    public long takenAtNanos() {
        return takenAtNanos;
    }

    /** Returns whether an entry was there, so that what changes about it must be kept apart. */
    boolean saw(BufferEntry entry) {
        return entry.order() <= order;
    }

    void noteRelease(BufferEntry entry) {
        released.add(entry);
    }

    void noteEnd(EndedProcess process) {
        if (ended.size() == MOST_ENDED) {
            ended.removeFirst();
        }
        ended.addLast(process);
    }

    /** Returns the entries that were live and were released since, in the order of their release. */
    List<BufferEntry> released() {
        return released;
    }

    List<EndedProcess> ended() {
        return List.copyOf(ended);
    }

    @Override
    public void close() {
        closing.accept(this);
    }
}
