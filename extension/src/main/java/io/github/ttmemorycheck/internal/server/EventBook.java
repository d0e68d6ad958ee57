package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.text.ProcessNames;
import io.github.ttmemorycheck.internal.tracker.DumpText;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.DeviceInfoResponse;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.internal.wire.TotalsResponse;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of all clients, added up: the buffers, the processes that own them, and how much could not be used.
 *
 * <p>This and all that it holds is guarded by the lock of {@link AllocationService}.
 */
final class EventBook {

    private final BufferRegistry registry;
    private final ProcessTable processes;
    private final Notices notices = new Notices();
    private final Blindness blindness = new Blindness(notices);
    private final Limits limits;
    private Set<MessageType> dumps = EnumSet.noneOf(MessageType.class);
    private long events;
    private long lastDumpNanos;
    private boolean hasDumped;
    private long malformed;

    /** Makes an empty book; what closing a mark does must end in {@link BufferRegistry#forget}. */
    EventBook(ProcFiles files, Consumer<ServerMark> closing) {
        this(files, closing, new Limits());
    }

    EventBook(ProcFiles files, Consumer<ServerMark> closing, Limits limits) {
        this.limits = limits;
        registry = new BufferRegistry(closing);
        processes = new ProcessTable(files);
    }

    /**
     * Returns who sends by a number that a connection delivers for the first time; null where there are too many
     * processes already, which is noted.
     *
     * @param peer the process that connected, as the kernel has it
     */
    @Nullable
    Sender connected(int peer, int ownNumber) {
        if (processes.size() >= limits.processes() && !processes.isKnown(peer, ownNumber)) {
            refuse(limits.processes(), "process", peer > 0 ? "pid " + peer : "a client");
            return null;
        }
        TrackedProcess process = processes.get(peer, ownNumber);
        if (processes.hasEnded(process) && process.processId() > ProcessNames.UNSEEN) {
            registry.end(Set.of(process));
            processes.forget(process);
            process = processes.get(peer, ownNumber);
        }
        return new Sender(process);
    }

    void enter(ClientMessage event, Sender sender, long nowNanos) {
        events++;
        switch (event.type()) {
            case ALLOC, CB_ALLOC, KERNEL_LOAD -> allocate(event, sender, nowNanos);
            case FREE, CB_FREE, KERNEL_UNLOAD -> registry.free(event, sender.process());
            default -> throw new IllegalArgumentException(event.type() + " is no event");
        }
        if (ServerLog.log().isTraceEnabled()) {
            ServerLog.log()
                    .trace(() -> "pid " + event.processId() + ": " + event.type() + " device " + event.device()
                            + " id 0x" + Long.toHexString(event.bufferId()) + " size "
                            + Long.toUnsignedString(event.size()));
        }
    }

    private void allocate(ClientMessage event, Sender sender, long nowNanos) {
        if (registry.size() >= limits.buffers()) {
            refuse(limits.buffers(), "live buffer", "pid " + sender.process().processId());
        } else if (!registry.totals().knows(event.device()) && registry.totals().devices() >= Limits.DEVICES) {
            refuse(Limits.DEVICES, "device", "pid " + sender.process().processId());
        } else {
            registry.allocate(event, sender, nowNanos);
        }
    }

    private void refuse(long most, String what, String who) {
        blindness.note(
                Limits.reached(most, what, who),
                "free what is not needed, or give the JVM of the tests a larger heap (-Xmx)");
    }

    Blindness blindness() {
        return blindness;
    }

    boolean hasHeardOf(int processId) {
        return processes.knows(processId);
    }

    ProcessTable processes() {
        return processes;
    }

    void countMalformed() {
        malformed++;
    }

    /** Notes that a client wants a dump. It gets no answer: the dump goes to the log. Several at once are one. */
    void askForDump(MessageType type) {
        dumps.add(type);
    }

    boolean isDumpWanted() {
        return !dumps.isEmpty();
    }

    Set<MessageType> takeDumps() {
        Set<MessageType> taken = dumps;
        dumps = EnumSet.noneOf(MessageType.class);
        return taken;
    }

    /** Dumps what is allocated now into the log, once the lock is given back; not more often than once a second. */
    void dump(Set<MessageType> types, long nowNanos) {
        if (hasDumped && nowNanos - lastDumpNanos < Limits.DUMP_EVERY_NANOS) {
            return;
        }
        hasDumped = true;
        lastDumpNanos = nowNanos;
        MemorySnapshot snapshot = snapshot();
        for (MessageType type : types) {
            Set<MemoryKind> kinds =
                    type == MessageType.DUMP_KERNELS ? EnumSet.of(MemoryKind.KERNEL) : EnumSet.allOf(MemoryKind.class);
            notices.add(() -> ServerLog.log()
                    .answer(DumpText.ofKinds(kinds, DumpText.SHORT).text(snapshot)));
        }
    }

    Notices notices() {
        return notices;
    }

    TotalsResponse totals(int device) {
        sweep(true);
        DeviceTotals totals = registry.totals();
        return new TotalsResponse(
                device,
                totals.shown(device, MemoryKind.DRAM),
                totals.shown(device, MemoryKind.L1),
                totals.shown(device, MemoryKind.L1_SMALL, MemoryKind.SYSTEM_MEMORY),
                totals.shown(device, MemoryKind.TRACE),
                totals.shown(device, MemoryKind.CIRCULAR_BUFFER),
                totals.shown(device, MemoryKind.KERNEL));
    }

    /**
     * Returns how many devices there are, and that nothing else is known: the server has no device to ask for its
     * sizes. A monitor asks about each number below the count, and shows sizes of its own where none
     * are known.
     */
    DeviceInfoResponse deviceInfo(int device) {
        return new DeviceInfoResponse(
                device, 0, 0, 0, 0, 0, 0, false, registry.totals().highestDevice() + 1);
    }

    /** Removes what ended processes held; cheap while every process that holds something is connected. */
    void sweep() {
        sweep(false);
        if (!registry.hasMarks()) {
            processes.forgetIdle();
        }
    }

    /** Removes what ended processes held; returns whether there were any. */
    private boolean sweep(boolean outlivedToo) {
        Set<TrackedProcess> ended = processes.ended(outlivedToo);
        if (!ended.isEmpty()) {
            registry.end(ended);
        }
        for (TrackedProcess process : ended) {
            if (process.isConnected()) {
                process.end();
                processes.forget(process);
            }
        }
        return !ended.isEmpty();
    }

    MemorySnapshot snapshot() {
        sweep(true);
        return registry.snapshot();
    }

    ServerMark mark(long nowNanos) {
        sweep();
        return registry.mark(nowNanos, blindness.last());
    }

    SnapshotDiff since(ServerMark mark) {
        sweep();
        SnapshotDiff diff = registry.since(mark);
        // Only what is left can be of a process that has ended, so that a clean diff asks the kernel nothing.
        return diff.left().isEmpty() || !sweep(true) ? diff : registry.since(mark);
    }

    BufferRegistry registry() {
        return registry;
    }

    /** Writes all that is known, of the marks only some. */
    void write(StateWriter out, Set<ServerMark> kept) throws IOException {
        out.writeLong(events);
        out.writeLong(malformed);
        blindness.write(out);
        processes.write(out);
        registry.write(out, kept);
    }

    void read(StateReader in) throws IOException {
        events = in.readLong();
        malformed = in.readLong();
        blindness.read(in);
        processes.read(in);
        registry.read(in);
    }

    long events() {
        return events;
    }

    long malformed() {
        return malformed;
    }
}
