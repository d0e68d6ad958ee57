package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.MessageType;
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

/**
 * What is allocated.
 *
 * <p>A buffer allocated again while it is live has one reference more; its first size and kind stay. It goes with its last
 * reference. Circular buffers and kernels are counters in the runtime: what is added to one id adds up, and a free takes
 * its own size away, never below nothing. What is added to a counter after a moment was marked is an entry of its own on
 * top of the older one, so that it shows as left; frees take from the top.
 */
final class BufferRegistry {

    private static final List<MemoryKind> BUFFER_KINDS =
            List.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.SYSTEM_MEMORY, MemoryKind.L1_SMALL, MemoryKind.TRACE);

    private final Map<BufferId, BufferEntry> live = new HashMap<>();
    private final LiveList inOrder = new LiveList();
    private final DeviceTotals totals = new DeviceTotals();
    private final CircularBufferIndex circular = new CircularBufferIndex();
    private final MomentLog moments = new MomentLog();
    private long lastOrder;
    private long unknownFrees;
    private long visited;

    void allocate(ClientMessage message, TrackedProcess owner, long nowNanos) {
        BufferId id = id(message);
        BufferEntry known = live.get(id);
        if (known != null && id.space() == BufferId.Space.BUFFER) {
            known.allocatedAgain();
            return;
        }
        MemoryKind kind = kind(message);
        totals.change(id.device(), kind).add(message.size());
        if (known != null && !moments.sawAllocationOf(known)) {
            circular.remove(known);
            known.allocatedAgain();
            known.size().add(message.size());
            circular.add(known);
            return;
        }
        BufferEntry added = new BufferEntry(id, kind, message.size(), owner, ++lastOrder, nowNanos);
        added.below = known;
        live.put(id, added);
        inOrder.append(added);
        circular.add(added);
        owner.holdsOneMore();
    }

    void free(ClientMessage message) {
        BufferId id = id(message);
        BufferEntry entry = live.get(id);
        if (entry == null && message.type() == MessageType.CB_FREE) {
            entry = circular.oldest(message.device(), message.processId(), message.size());
        }
        if (entry == null) {
            unknownFrees++;
        } else if (id.space() != BufferId.Space.BUFFER) {
            take(entry, message.size());
        } else if (entry.isLastReference()) {
            release(entry);
        } else {
            entry.freedOnce();
        }
    }

    private void take(BufferEntry top, long freed) {
        long rest = freed;
        BufferEntry entry = top;
        do {
            BufferEntry below = entry.below;
            boolean whole = entry.size().isAtMost(rest);
            if (whole || entry.isLastReference()) {
                rest = whole ? rest - entry.size().shown() : 0;
                release(entry);
            } else {
                circular.remove(entry);
                entry.freedOnce();
                entry.size().subtract(rest);
                circular.add(entry);
                totals.change(entry.id().device(), entry.kind()).subtract(rest);
                rest = 0;
            }
            entry = below;
        } while (rest != 0 && entry != null);
    }

    private void release(BufferEntry entry) {
        BufferEntry top = live.get(entry.id());
        if (top != entry) {
            while (top != null && top.below != entry) {
                top = top.below;
            }
            if (top != null) {
                top.below = entry.below;
            }
        } else if (entry.below == null) {
            live.remove(entry.id());
        } else {
            live.put(entry.id(), entry.below);
        }
        entry.below = null;
        inOrder.remove(entry);
        circular.remove(entry);
        totals.change(entry.id().device(), entry.kind()).subtract(entry.size());
        entry.owner().holdsOneLess();
        moments.noteRelease(entry);
    }

    /** Removes all that ended processes held. */
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
                sum.add(entry.id().device(), entry.kind(), entry.size().shown());
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
            if (entry.order() <= moment.order()) {
                break;
            }
            left.add(entry.describe());
            entry.owner().putCommand(commands);
        }
        Collections.reverse(left);
        List<DeviceBuffer> released = new ArrayList<>();
        for (BufferEntry entry : moments.releasedSince(moment)) {
            released.add(entry.describe());
            entry.owner().putCommand(commands);
        }
        return new SnapshotDiff(
                moment.totals(), totals.copy(), true, left, released, moments.endedSince(moment), commands);
    }

    /** Returns the last buffers that were allocated after a moment and freed again. */
    List<DeviceBuffer> freedSince(Moment moment) {
        return moments.passedSince(moment).stream().map(BufferEntry::describe).toList();
    }

    MemorySnapshot snapshot() {
        List<DeviceBuffer> buffers = new ArrayList<>(inOrder.size());
        Map<Integer, String> commands = new HashMap<>();
        for (BufferEntry entry = inOrder.oldest(); entry != null; entry = entry.newer) {
            buffers.add(entry.describe());
            entry.owner().putCommand(commands);
        }
        return new MemorySnapshot(totals.copy(), true, buffers, commands);
    }

    DeviceTotals totals() {
        return totals;
    }

    long unknownFrees() {
        return unknownFrees;
    }

    int liveEntries() {
        return inOrder.size();
    }

    int keptReleases() {
        return moments.kept();
    }

    /** How many live entries diffs have looked at in all: shows that a diff costs what is left, not what is live. */
    long visited() {
        return visited;
    }

    private static BufferId id(ClientMessage message) {
        return new BufferId(message.device(), BufferId.Space.of(message.type()), message.bufferId());
    }

    private static MemoryKind kind(ClientMessage message) {
        return switch (message.type()) {
            case CB_ALLOC -> MemoryKind.CIRCULAR_BUFFER;
            case KERNEL_LOAD -> MemoryKind.KERNEL;
            default -> BUFFER_KINDS.get(message.subtype());
        };
    }
}
