package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.SnapshotCodec;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.FreeFault;
import io.github.ttmemorycheck.snapshot.FreeFault.Kind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** Closes all but some. */
    void retain(Set<Moment> kept) {
        List.copyOf(open).stream().filter(moment -> !kept.contains(moment)).forEach(this::close);
    }

    void write(StateWriter out) throws IOException {
        out.writeLong(lastSerial);
        faults.write(out);
        entries(passing, out);
        out.writeInt(open.size());
        for (Moment moment : open) {
            out.writeLong(moment.serial());
            SnapshotCodec.write(moment.totals(), out);
            out.writeLong(moment.order());
            out.writeLong(moment.takenAtNanos());
            out.writeLong(moment.faultsBefore());
            out.writeLong(moment.blindBefore());
            entries(moment.released(), out);
            out.writeInt(moment.ended().size());
            for (EndedProcess process : moment.ended()) {
                SnapshotCodec.write(process, out);
            }
        }
    }

    /** Reads what another one wrote; {@link System#nanoTime} is one clock for all JVMs of a machine. */
    void read(StateReader in, DeviceTotals figures) throws IOException {
        lastSerial = in.readLong();
        faults.read(in);
        passing.addAll(entries(in, figures));
        for (int more = in.readInt(); more > 0; more--) {
            long serial = in.readLong();
            MemoryTotals totals = SnapshotCodec.totals(in);
            Moment moment =
                    new Moment(serial, totals, in.readLong(), in.readLong(), in.readLong(), in.readLong(), closing);
            moment.released().addAll(entries(in, figures));
            for (int ended = in.readInt(); ended > 0; ended--) {
                moment.noteEnd(SnapshotCodec.ended(in));
            }
            open.add(moment);
        }
    }

    private static void entries(Collection<BufferEntry> entries, StateWriter out) throws IOException {
        out.writeInt(entries.size());
        for (BufferEntry entry : entries) {
            out.entry(entry);
        }
    }

    private static List<BufferEntry> entries(StateReader in, DeviceTotals figures) throws IOException {
        List<BufferEntry> entries = new ArrayList<>();
        for (int more = in.readInt(); more > 0; more--) {
            entries.add(in.entry(figures));
        }
        return entries;
    }

    /** Returns the open moment of a number. */
    Optional<Moment> ofSerial(long serial) {
        return open.stream().filter(moment -> moment.serial() == serial).findFirst();
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
