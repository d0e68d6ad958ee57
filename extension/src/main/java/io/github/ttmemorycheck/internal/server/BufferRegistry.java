package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.BufferType;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.internal.wire.NumberSpace;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * another size after a free had been free before: what was there is gone, although its last free was never reported.
 * Circular buffers and kernels are counters in the runtime: what is added to one id adds up, and a free takes its own
 * size away, never below nothing. What is added to a counter after a moment was marked is an entry of its own on top of
 * the older one, so that it shows as left; frees take from the top.
 */
final class BufferRegistry {

    private final BufferTable live = new BufferTable();
    private final LiveList inOrder = new LiveList();
    private final DeviceTotals totals = new DeviceTotals();
    private final CircularBufferIndex circular = new CircularBufferIndex();
    private final MomentLog moments;
    private long lastOrder;
    private long unknownFrees;
    private long visited;

    /** Makes an empty registry; what closing a moment does must end in {@link #forget}. */
    BufferRegistry(Consumer<Moment> closing) {
        moments = new MomentLog(closing);
    }

    void allocate(ClientMessage message, TrackedProcess owner, long nowNanos) {
        NumberSpace space = NumberSpace.of(message.type());
        if (space != NumberSpace.BUFFER) {
            BufferEntry known = live.get(message.device(), space, message.bufferId());
            count(message, (CounterEntry) known, owner, nowNanos);
            return;
        }
        BufferEntry first = live.oneAt(message.device(), message.bufferId(), owner);
        for (BufferEntry known = first; known != null; known = live.another(known)) {
            if (known.isSame(kind(message), message.size())) {
                known.allocatedAgain();
                return;
            }
        }
        releaseFreed(first);
        DeviceTotals.Figure figure = totals.figure(message.device(), kind(message));
        totals.add(figure, message.size());
        enter(new BufferEntry(figure, message.bufferId(), message.size(), owner, ++lastOrder, nowNanos));
    }

    private void count(ClientMessage message, @Nullable CounterEntry known, TrackedProcess owner, long nowNanos) {
        DeviceTotals.Figure figure = totals.figure(message.device(), kind(message));
        totals.add(figure, message.size());
        if (known != null && !moments.sawAllocationOf(known)) {
            circular.remove(known);
            known.allocatedAgain();
            known.bytes().add(message.size());
            circular.add(known);
            return;
        }
        CounterEntry added = new CounterEntry(figure, message.bufferId(), message.size(), owner, ++lastOrder, nowNanos);
        if (known != null) {
            added.below = known;
            live.remove(known);
        }
        enter(added);
        circular.add(added);
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
                : live.get(message.device(), space, message.bufferId());
        if (entry == null && message.type() == MessageType.CB_FREE) {
            entry = circular.oldest(message.device(), message.processId(), message.size());
        }
        if (entry == null) {
            unknownFrees++;
        } else if (entry instanceof CounterEntry counter) {
            take(counter, message.size());
        } else if (entry.isLastReference()) {
            release(entry);
        } else {
            entry.freedOnce();
        }
    }

    /** Releases what was freed at an address that its process is given again. */
    private void releaseFreed(@Nullable BufferEntry first) {
        BufferEntry next = first;
        while (next != null) {
            BufferEntry entry = next;
            next = live.another(entry);
            if (entry.wasFreed()) {
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
            if (whole || entry.isLastReference()) {
                rest = whole ? rest - entry.bytes().shown() : 0;
                release(entry);
            } else {
                circular.remove(entry);
                entry.freedOnce();
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
        }
        inOrder.remove(entry);
        totals.subtract(entry);
        entry.owner().holdsOneLess();
        moments.noteRelease(entry);
    }

    private void leaveStack(CounterEntry entry) {
        CounterEntry top =
                (CounterEntry) live.get(entry.device(), entry.figure().space(), entry.number());
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
            if (gone.contains(entry.owner())) {
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
            moments.noteEnd(new EndedProcess(process.processId(), process.command(), entries.size(), sum.build()));
        });
    }

    Moment mark(long nowNanos) {
        return moments.open(totals.copy(), lastOrder, nowNanos);
    }

    void forget(Moment moment) {
        moments.close(moment);
    }

    boolean isMarked(Moment moment) {
        return moments.isOpen(moment);
    }

    boolean hasMarks() {
        return !moments.isEmpty();
    }

    SnapshotDiff since(Moment moment) {
        List<DeviceBuffer> left = new ArrayList<>();
        Map<Integer, String> commands = new HashMap<>();
        for (BufferEntry entry = inOrder.newest(); entry != null; entry = entry.older) {
            visited++;
            if (moment.saw(entry)) {
                break;
            }
            left.add(entry.describe());
            entry.owner().putCommand(commands);
        }
        Collections.reverse(left);
        List<DeviceBuffer> released = new ArrayList<>();
        for (BufferEntry entry : moment.released()) {
            released.add(entry.describe());
            entry.owner().putCommand(commands);
        }
        return new SnapshotDiff(
                moment.totals(), totals.copy(), true, left, released, List.copyOf(moment.ended()), commands, List.of());
    }

    List<DeviceBuffer> freedSince(Moment moment) {
        return moments.passedSince(moment).stream().map(BufferEntry::describe).toList();
    }

    MemorySnapshot snapshot() {
        List<DeviceBuffer> buffers = new ArrayList<>();
        Map<Integer, String> commands = new HashMap<>();
        TrackedProcess last = null;
        for (BufferEntry entry = inOrder.oldest(); entry != null; entry = entry.newer) {
            buffers.add(entry.describe());
            if (entry.owner() != last) {
                last = entry.owner();
                last.putCommand(commands);
            }
        }
        return new MemorySnapshot(totals.copy(), true, buffers, commands, List.of());
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

    private static MemoryKind kind(ClientMessage message) {
        return switch (message.type()) {
            case CB_ALLOC -> MemoryKind.CIRCULAR_BUFFER;
            case KERNEL_LOAD -> MemoryKind.KERNEL;
            default -> BufferType.kind(message.subtype());
        };
    }
}
