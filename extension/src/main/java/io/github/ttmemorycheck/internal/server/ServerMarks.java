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

/** The open marks, and the last of what came and went since the first. With no mark open nothing is kept. */
final class ServerMarks {

    /** Short-lived buffers kept, for a diagnosis: those that a mesh of 64 devices frees in 16 steps, some 100 kB. */
    static final int MOST_PASSING = 1024;

    private final Consumer<ServerMark> closing;
    private final List<ServerMark> open = new ArrayList<>();
    private final Deque<BufferEntry> passing = new ArrayDeque<>();
    private final FreeFaults faults = new FreeFaults();
    private long lastSerial;

    /** Makes an empty one; closing a mark comes back to {@link #close} with the lock taken. */
    ServerMarks(Consumer<ServerMark> closing) {
        this.closing = closing;
    }

    ServerMark open(MemoryTotals totals, long order, long nowNanos, long blindBefore) {
        ServerMark mark = new ServerMark(++lastSerial, totals, order, nowNanos, faults.last(), blindBefore, closing);
        open.add(mark);
        return mark;
    }

    void close(ServerMark mark) {
        open.remove(mark);
        if (open.isEmpty()) {
            passing.clear();
            faults.forgetAll();
        }
    }

    /** Closes all but some. */
    void retain(Set<ServerMark> kept) {
        List.copyOf(open).stream().filter(mark -> !kept.contains(mark)).forEach(this::close);
    }

    void write(StateWriter out) throws IOException {
        out.writeLong(lastSerial);
        faults.write(out);
        entries(passing, out);
        out.writeInt(open.size());
        for (ServerMark mark : open) {
            out.writeLong(mark.serial());
            SnapshotCodec.write(mark.totals(), out);
            out.writeLong(mark.order());
            out.writeLong(mark.takenAtNanos());
            out.writeLong(mark.faultsBefore());
            out.writeLong(mark.blindBefore());
            entries(mark.released(), out);
            out.writeInt(mark.ended().size());
            for (EndedProcess process : mark.ended()) {
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
            ServerMark mark =
                    new ServerMark(serial, totals, in.readLong(), in.readLong(), in.readLong(), in.readLong(), closing);
            mark.released().addAll(entries(in, figures));
            for (int ended = in.readInt(); ended > 0; ended--) {
                mark.noteEnd(SnapshotCodec.ended(in));
            }
            open.add(mark);
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

    /** Returns the open mark of a number. */
    Optional<ServerMark> ofSerial(long serial) {
        return open.stream().filter(mark -> mark.serial() == serial).findFirst();
    }

    boolean isOpen(ServerMark mark) {
        return open.contains(mark);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Returns whether an entry was there at some open mark: if at one, then at the newest. */
    boolean sawAllocationOf(BufferEntry entry) {
        return !open.isEmpty() && open.get(open.size() - 1).saw(entry);
    }

    void noteRelease(BufferEntry entry) {
        if (sawAllocationOf(entry)) {
            open.stream()
                    .filter(mark -> mark.saw(entry))
                    .forEach(mark -> mark.released().add(entry));
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

    List<FreeFault> faultsSince(ServerMark mark) {
        return faults.since(mark.faultsBefore(), mark.released(), passing);
    }

    void noteEnd(EndedProcess process) {
        open.forEach(mark -> mark.noteEnd(process));
    }

    /** Returns the last entries that were added after a mark and released again, in the order of their release. */
    List<BufferEntry> passedSince(ServerMark mark) {
        return passing.stream().filter(entry -> !mark.saw(entry)).toList();
    }
}
