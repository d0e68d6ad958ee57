package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.BufferType;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.internal.wire.NumberSpace;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.FreeFault.Kind;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is allocated.
 *
 * <p>A buffer is known by its process, device, kind, size and address together. The same allocated again while it is
 * live is one reference more, and it goes with its last one; anything else at the address is another buffer. A free
 * names a process, a device and an address, and gives back the newest of them. An address that a process is given with
 * another size after a free had been free before: what was there is gone, although its last free was never reported. So
 * it is where an earlier session of the process had something at the address. A reference that is added to what an open
 * mark has seen is an entry of its own beside it, without memory of its own, so that it shows as left.
 * Circular buffers and kernels are counters in the runtime: what is added to one id adds up, and a free takes its own
 * size away, never below nothing. What is added to a counter after a mark is an entry of its own on top of
 * the older one, so that it shows as left; frees take from the top.
 */
final class BufferRegistry {

    /** More devices than a host has; frees that name another device than their buffer's are searched on these. */
    private static final int MOST_DEVICES_SEARCHED = 64;

    private final BufferTable live = new BufferTable();
    private final LiveList inOrder = new LiveList();
    private final DeviceTotals totals = new DeviceTotals();
    private final CircularBufferIndex circular = new CircularBufferIndex();
    private final AddedReferences added = new AddedReferences();
    private final ServerMarks marks;
    private long lastOrder;
    private long unknownFrees;
    private long visited;

    /** Makes an empty registry; what closing a mark does must end in {@link #forget}. */
    BufferRegistry(Consumer<ServerMark> closing) {
        marks = new ServerMarks(closing);
    }

    void allocate(ClientMessage message, Sender sender, long nowNanos) {
        NumberSpace space = NumberSpace.of(message.type());
        if (space != NumberSpace.BUFFER) {
            BufferEntry known = live.get(message.device(), space, message.bufferId(), sender.process());
            count(message, (CounterEntry) known, sender, nowNanos);
            return;
        }
        BufferEntry first = live.oneAt(message.device(), message.bufferId(), sender.process());
        for (BufferEntry known = first; known != null; known = live.another(known)) {
            if (known.isSame(kind(message), message.size()) && !known.sender().isFollowedBy(sender)) {
                refer(known, sender, nowNanos);
                return;
            }
        }
        releaseGivenAgain(first, kind(message), sender);
        DeviceTotals.Figure figure = totals.figure(message.device(), kind(message));
        totals.add(figure, message.size());
        enter(new BufferEntry(figure, message.bufferId(), message.size(), sender, ++lastOrder, nowNanos));
    }

    private void refer(BufferEntry buffer, Sender sender, long nowNanos) {
        buffer.allocatedAgain();
        if (!marks.sawAllocationOf(buffer)) {
            return;
        }
        AddedReference newest = added.newest(buffer);
        if (newest != null && !marks.sawAllocationOf(newest)) {
            newest.allocatedAgain();
            return;
        }
        AddedReference reference = new AddedReference(buffer, sender, ++lastOrder, nowNanos);
        added.add(reference);
        inOrder.append(reference);
    }

    private void count(ClientMessage message, @Nullable CounterEntry known, Sender sender, long nowNanos) {
        DeviceTotals.Figure figure = totals.figure(message.device(), kind(message));
        totals.add(figure, message.size());
        if (known != null && !marks.sawAllocationOf(known)) {
            circular.remove(known);
            known.add(message);
            circular.add(known);
            return;
        }
        CounterEntry added = new CounterEntry(figure, message, sender, ++lastOrder, nowNanos);
        added.below = known;
        put(added);
    }

    private void put(CounterEntry counter) {
        if (counter.below != null) {
            live.remove(counter.below);
        }
        enter(counter);
        circular.add(counter);
    }

    private void enter(BufferEntry entry) {
        live.add(entry);
        inOrder.append(entry);
        entry.owner().holdsOneMore();
    }

    void free(ClientMessage message, TrackedProcess sender) {
        NumberSpace space = NumberSpace.of(message.type());
        BufferEntry entry = space == NumberSpace.BUFFER
                ? newest(live.oneAt(message.device(), message.bufferId(), sender))
                : live.get(message.device(), space, message.bufferId(), sender);
        if (message.type() == MessageType.CB_FREE && (entry == null || message.bufferId() == 0)) {
            // The address is not known then, and one that is called 0 has no better claim than others.
            CounterEntry oldest = circular.oldest(message.device(), sender.processId(), message.size());
            entry = oldest == null ? entry : oldest;
        }
        if (entry == null) {
            unknownFrees++;
            noteFault(message, space, sender);
        } else if (entry instanceof CounterEntry counter) {
            take(counter, message.size());
        } else {
            if (live.hasOthersBeside(entry)) {
                marks.noteFault(Kind.SEVERAL_AT_ADDRESS, message, sender, lastOrder);
            }
            giveBack(entry);
        }
    }

    private void giveBack(BufferEntry buffer) {
        if (buffer.isLastReference()) {
            release(buffer);
            return;
        }
        buffer.freedOnce();
        AddedReference newest = added.newest(buffer);
        if (newest != null && newest.isLastReference()) {
            added.removeNewest(buffer);
            inOrder.remove(newest);
        } else if (newest != null) {
            newest.freedOnce();
        }
    }

    private void noteFault(ClientMessage free, NumberSpace space, TrackedProcess sender) {
        if (space == NumberSpace.BUFFER && hasMarks()) {
            boolean elsewhere = totals.anyDevice(
                    MOST_DEVICES_SEARCHED,
                    device -> device != free.device() && live.oneAt(device, free.bufferId(), sender) != null);
            marks.noteFault(elsewhere ? Kind.ANOTHER_DEVICE : Kind.FREED_TWICE, free, sender, lastOrder);
        }
    }

    /**
     * Releases what is known to be gone from an address that its process is given again: what was freed once, and what
     * an earlier session of the process had there. An address of another memory proves nothing.
     */
    private void releaseGivenAgain(@Nullable BufferEntry first, MemoryKind kind, Sender sender) {
        BufferEntry next = first;
        while (next != null) {
            BufferEntry entry = next;
            next = live.another(entry);
            boolean gone = entry.wasFreed() || entry.sender().isFollowedBy(sender);
            if (gone && BufferType.memory(entry.kind()) == BufferType.memory(kind)) {
                release(entry);
            }
        }
    }

    private @Nullable BufferEntry newest(@Nullable BufferEntry first) {
        BufferEntry newest = first;
        for (BufferEntry entry = first; entry != null; entry = live.another(entry)) {
            newest = newest == null || entry.order() > newest.order() ? entry : newest;
        }
        return newest;
    }

    private void take(CounterEntry top, long freed) {
        long rest = freed;
        CounterEntry entry = top;
        do {
            CounterEntry below = entry.below;
            boolean whole = entry.bytes().isAtMost(rest);
            if (whole) {
                rest -= entry.bytes().shown();
                release(entry);
            } else {
                circular.remove(entry);
                if (!entry.isLastReference()) {
                    entry.freedOnce();
                }
                entry.bytes().subtract(rest);
                circular.add(entry);
                totals.subtract(entry.figure(), rest);
                rest = 0;
            }
            entry = below;
        } while (rest != 0 && entry != null);
    }

    private void release(BufferEntry entry) {
        if (entry instanceof CounterEntry counter) {
            leaveStack(counter);
            circular.remove(counter);
        } else {
            live.remove(entry);
            added.removeAll(entry).forEach(inOrder::remove);
        }
        inOrder.remove(entry);
        totals.subtract(entry);
        entry.owner().holdsOneLess();
        marks.noteRelease(entry);
    }

    private void leaveStack(CounterEntry entry) {
        CounterEntry top =
                (CounterEntry) live.get(entry.device(), entry.figure().space(), entry.number(), entry.owner());
        CounterEntry below = entry.below;
        entry.below = null;
        if (top == entry) {
            live.remove(entry);
            if (below != null) {
                live.add(below);
            }
            return;
        }
        while (top != null && top.below != entry) {
            top = top.below;
        }
        if (top != null) {
            top.below = below;
        }
    }

    void end(Set<TrackedProcess> gone) {
        Map<TrackedProcess, List<BufferEntry>> held = new LinkedHashMap<>();
        for (BufferEntry entry = inOrder.oldest(); entry != null; entry = entry.newer) {
            if (gone.contains(entry.owner()) && entry.referenceTo() == 0) {
                held.computeIfAbsent(entry.owner(), process -> new ArrayList<>())
                        .add(entry);
            }
        }
        held.forEach((process, entries) -> {
            MemoryTotals.Builder sum = MemoryTotals.builder();
            for (BufferEntry entry : entries) {
                sum.add(entry.device(), entry.kind(), entry.shownSize());
                release(entry);
            }
            marks.noteEnd(new EndedProcess(process.processId(), process.command(), entries.size(), sum.build()));
        });
    }

    ServerMark mark(long nowNanos, long blindBefore) {
        return marks.open(totals.copy(), lastOrder, nowNanos, blindBefore);
    }

    void forget(ServerMark mark) {
        marks.close(mark);
    }

    boolean isMarked(ServerMark mark) {
        return marks.isOpen(mark);
    }

    boolean hasMarks() {
        return !marks.isEmpty();
    }

    SnapshotDiff since(ServerMark mark) {
        List<DeviceBuffer> left = new ArrayList<>();
        Set<TrackedProcess> owners = new LinkedHashSet<>();
        for (BufferEntry entry = inOrder.newest(); entry != null; entry = entry.older) {
            visited++;
            if (mark.saw(entry)) {
                break;
            }
            // References to what is left itself are counted with it.
            if (!(entry instanceof AddedReference reference) || mark.saw(reference.buffer())) {
                left.add(entry.describe());
                owners.add(entry.owner());
            }
        }
        Collections.reverse(left);
        mark.released().forEach(entry -> owners.add(entry.owner()));
        return new SnapshotDiff(
                mark.totals(),
                totals.copy(),
                true,
                left,
                mark.released().stream().map(BufferEntry::describe).toList(),
                List.copyOf(mark.ended()),
                TrackedProcess.commands(owners),
                List.of(),
                marks.faultsSince(mark),
                Map.of());
    }

    List<DeviceBuffer> freedSince(ServerMark mark) {
        return marks.passedSince(mark).stream().map(BufferEntry::describe).toList();
    }

    MemorySnapshot snapshot() {
        List<DeviceBuffer> buffers = new ArrayList<>();
        Set<TrackedProcess> owners = new LinkedHashSet<>();
        TrackedProcess last = null;
        for (BufferEntry entry = inOrder.oldest(); entry != null; entry = entry.newer) {
            if (entry.referenceTo() != 0) {
                continue;
            }
            buffers.add(entry.describe());
            if (entry.owner() != last) {
                last = entry.owner();
                owners.add(last);
            }
        }
        return new MemorySnapshot(totals.copy(), true, buffers, TrackedProcess.commands(owners), List.of());
    }

    /** Returns how many buffers are live. */
    int size() {
        return live.size();
    }

    DeviceTotals totals() {
        return totals;
    }

    long unknownFrees() {
        return unknownFrees;
    }

    /** How many live entries diffs have looked at in all: shows that a diff costs what is left, not what is live. */
    long visited() {
        return visited;
    }

    /** Closes all marks but some, and writes the rest. */
    void write(StateWriter out, Set<ServerMark> kept) throws IOException {
        marks.retain(kept);
        out.writeLong(lastOrder);
        out.writeLong(unknownFrees);
        totals.write(out);
        for (BufferEntry entry = inOrder.oldest(); entry != null; entry = entry.newer) {
            out.writeBoolean(true);
            out.entry(entry);
        }
        out.writeBoolean(false);
        marks.write(out);
    }

    /** Takes in, while it is empty, what another one wrote. */
    void read(StateReader in) throws IOException {
        lastOrder = in.readLong();
        unknownFrees = in.readLong();
        totals.read(in);
        while (in.readBoolean()) {
            restore(in.liveEntry(totals));
        }
        marks.read(in, totals);
    }

    private void restore(BufferEntry entry) {
        if (entry instanceof AddedReference reference) {
            added.add(reference);
            inOrder.append(reference);
        } else if (entry instanceof CounterEntry counter) {
            put(counter);
        } else {
            enter(entry);
        }
    }

    ServerMarks marks() {
        return marks;
    }

    private static MemoryKind kind(ClientMessage message) {
        return switch (message.type()) {
            case CB_ALLOC -> MemoryKind.CIRCULAR_BUFFER;
            case KERNEL_LOAD -> MemoryKind.KERNEL;
            default -> BufferType.kind(message.subtype());
        };
    }
}
