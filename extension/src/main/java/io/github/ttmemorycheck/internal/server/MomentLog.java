package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.FreeFault;
import io.github.ttmemorycheck.snapshot.FreeFault.Kind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The open moments, and the last of what came and went since the first. With no moment open nothing is kept. */
final class MomentLog {

    /** Short-lived buffers kept, for a diagnosis: those that a mesh of 64 devices frees in 16 steps, some 100 kB. */
    static final int MOST_PASSING = 1024;

    private final Consumer<Moment> closing;
    private final List<Moment> open = new ArrayList<>();
    private final Deque<BufferEntry> passing = new ArrayDeque<>();
    private final FreeFaults faults = new FreeFaults();
    private long lastSerial;

    /** Makes an empty log; closing a moment comes back to {@link #close} with the lock taken. */
    MomentLog(Consumer<Moment> closing) {
        this.closing = closing;
    }

    Moment open(MemoryTotals totals, long order, long nowNanos, long blindBefore) {
        Moment moment = new Moment(++lastSerial, totals, order, nowNanos, faults.last(), blindBefore, closing);
        open.add(moment);
        return moment;
    }

    void close(Moment moment) {
        open.remove(moment);
        if (open.isEmpty()) {
            passing.clear();
            faults.forgetAll();
        }
    }

    boolean isOpen(Moment moment) {
        return open.contains(moment);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Returns whether an entry was there at some open moment: if at any, then at the newest. */
    boolean sawAllocationOf(BufferEntry entry) {
        return !open.isEmpty() && open.get(open.size() - 1).saw(entry);
    }

    void noteRelease(BufferEntry entry) {
        if (sawAllocationOf(entry)) {
            open.stream()
                    .filter(moment -> moment.saw(entry))
                    .forEach(moment -> moment.released().add(entry));
        } else if (!open.isEmpty()) {
            if (passing.size() == MOST_PASSING) {
                passing.removeFirst();
            }
            passing.addLast(entry);
        }
    }

    /** Notes a free that may be wrong. */
    void noteFault(Kind kind, ClientMessage free, TrackedProcess sender, long order) {
        if (!open.isEmpty()) {
            faults.note(kind, free.device(), free.bufferId(), sender, order);
        }
    }

    List<FreeFault> faultsSince(Moment moment) {
        return faults.since(moment.faultsBefore(), moment.released(), passing);
    }

    void noteEnd(EndedProcess process) {
        open.forEach(moment -> moment.noteEnd(process));
    }

    /** Returns the last entries that were added after a moment and released again, in the order of their release. */
    List<BufferEntry> passedSince(Moment moment) {
        return passing.stream().filter(entry -> !moment.saw(entry)).toList();
    }
}
