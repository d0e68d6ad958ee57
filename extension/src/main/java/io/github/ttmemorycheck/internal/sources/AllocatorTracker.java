package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.devices.BufferIdentity;
import io.github.ttmemorycheck.internal.devices.ClosedDevice;
import io.github.ttmemorycheck.internal.devices.DeviceReading;
import io.github.ttmemorycheck.internal.devices.DeviceTracker;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The other sources, held against the allocators of the devices that list their buffers, which know the truth while
 * they are open. What the others show and an allocator does not hold was freed although no free was reported: no leak.
 * What an allocator holds and nobody reported is a leak like any other. A buffer that both know is described by the
 * others, which saw it come. What had been on a device that has been closed since is gone.
 *
 * <p>Circular buffers are no buffers of an allocator, so those that are shown for such a device are not held;
 * kernels are left to the others. Thread-safe.
 *
 * @param whole the other sources
 */
record AllocatorTracker(MemoryTracker whole, DeviceTracker devices) implements DelegatingTracker {

    private static final Set<MemoryKind> LISTED = EnumSet.complementOf(EnumSet.of(MemoryKind.KERNEL));

    private record BothMark(Mark mark, Mark device, AtomicReference<List<String>> remarks) implements DelegatingMark {

        @Override
        public void close() {
            mark.close();
            device.close();
        }
    }

    @Override
    public boolean knowsBuffers(MemoryPool pool) {
        return whole.knowsBuffers(pool) || isListed(pool);
    }

    private boolean isListed(MemoryPool pool) {
        return LISTED.contains(pool.kind()) && devices.lists(pool.device());
    }

    @Override
    public Mark mark() {
        return new BothMark(whole.mark(), devices.markKnown(), new AtomicReference<>(List.of()));
    }

    private BothMark own(Mark mark) {
        if (mark instanceof BothMark ours) {
            return ours;
        }
        throw MemoryTracker.notOpen(this);
    }

    @Override
    public SnapshotDiff since(Mark mark) {
        BothMark ours = own(mark);
        SnapshotDiff diff = whole.since(ours.mark());
        DeviceReading reading = devices.known(ours.device());
        List<ClosedDevice> closed = devices.closed();
        ours.remarks().set(reading.problems());
        return reading.listed().isEmpty() && closed.isEmpty()
                ? diff
                : new Reconciliation(diff, reading, closed, ours).reconciled();
    }

    /** One diff, reconciled with what the devices say. */
    private final class Reconciliation {

        private final SnapshotDiff diff;
        private final DeviceReading reading;
        private final List<ClosedDevice> closed;
        private final BothMark mark;
        private final Set<MemoryPool> byTotals = new HashSet<>();

        Reconciliation(SnapshotDiff diff, DeviceReading reading, List<ClosedDevice> closed, BothMark mark) {
            this.diff = diff;
            this.reading = reading;
            this.closed = closed;
            this.mark = mark;
            for (int device : reading.listed()) {
                LISTED.stream()
                        .map(kind -> new MemoryPool(device, kind))
                        .filter(pool ->
                                !diff.buffersKnown() || diff.leftInTotals().containsKey(pool))
                        .forEach(byTotals::add);
            }
        }

        SnapshotDiff reconciled() {
            List<DeviceBuffer> closedWith =
                    diff.left().stream().filter(this::wentWithItsDevice).toList();
            List<DeviceBuffer> notHeld = notHeld(new HashSet<>(closedWith));
            List<DeviceBuffer> unreported = unreported();
            if (closedWith.isEmpty() && notHeld.isEmpty() && unreported.isEmpty() && byTotals.isEmpty()) {
                return diff;
            }
            remark(closedWith, notHeld, unreported);
            Set<DeviceBuffer> gone = new HashSet<>(closedWith);
            gone.addAll(notHeld);
            List<DeviceBuffer> left = Stream.concat(
                            diff.left().stream().filter(buffer -> !gone.contains(buffer)), unreported.stream())
                    .toList();
            return new SnapshotDiff(
                    figures(diff.before(), reading.diff().before(), Set.of(), List.of()),
                    figures(diff.after(), reading.diff().after(), gone, unreported),
                    true,
                    left,
                    diff.released(),
                    diff.ended(),
                    diff.commands(),
                    diff.processes(),
                    diff.faults(),
                    leftInTotals());
        }

        private boolean wentWithItsDevice(DeviceBuffer buffer) {
            return closed.stream()
                    .anyMatch(device -> device.devices().contains(buffer.device())
                            && device.processId().orElse(ProcessHandle.current().pid()) == buffer.processId()
                            && buffer.seenAtNanos()
                                            - (devices.isOf(buffer.device(), buffer.processId())
                                                    ? device.lastOpenNanos()
                                                    : device.closedNanos())
                                    <= 0);
        }

        /** Returns what is shown as left and no allocator holds. */
        private List<DeviceBuffer> notHeld(Set<DeviceBuffer> closedWith) {
            List<DeviceBuffer> shown = diff.left().stream()
                    .filter(buffer -> reading.listed().contains(buffer.device())
                            && LISTED.contains(buffer.kind())
                            && devices.isOf(buffer.device(), buffer.processId())
                            && !closedWith.contains(buffer))
                    .toList();
            if (shown.isEmpty()) {
                return List.of();
            }
            Set<BufferIdentity> held = identities(devices.knownSnapshot().buffers());
            return shown.stream()
                    .filter(buffer -> !held.contains(BufferIdentity.of(buffer)))
                    .toList();
        }

        /** Returns what an allocator holds since the mark and nobody reported. */
        private List<DeviceBuffer> unreported() {
            List<DeviceBuffer> left = reading.diff().left();
            Set<BufferIdentity> reported = identities(diff.left());
            List<DeviceBuffer> unknown = left.stream()
                    .filter(buffer -> !reported.contains(BufferIdentity.of(buffer)))
                    .toList();
            if (unknown.isEmpty() || !diff.buffersKnown()) {
                return unknown;
            }
            Set<BufferIdentity> live = identities(whole.snapshot().buffers());
            return unknown.stream()
                    .filter(buffer -> !live.contains(BufferIdentity.of(buffer)))
                    .toList();
        }

        /** Returns the figures of the others, less what is gone and more what they did not know. */
        private MemoryTotals figures(
                MemoryTotals others, MemoryTotals listed, Set<DeviceBuffer> gone, List<DeviceBuffer> unreported) {
            Map<MemoryPool, Long> figures = new HashMap<>();
            others.pools().forEach(pool -> figures.put(pool, others.of(pool)));
            gone.forEach(buffer ->
                    figures.computeIfPresent(buffer.pool(), (pool, bytes) -> bytes - Math.min(bytes, buffer.size())));
            unreported.forEach(buffer -> figures.merge(buffer.pool(), buffer.size(), ByteSize::sum));
            byTotals.forEach(pool -> figures.put(pool, listed.of(pool)));
            MemoryTotals.Builder totals = MemoryTotals.builder();
            figures.forEach((pool, bytes) -> totals.add(pool, bytes));
            return totals.build();
        }

        private Map<MemoryPool, Long> leftInTotals() {
            Map<MemoryPool, Long> left = new HashMap<>(diff.leftInTotals());
            if (!diff.buffersKnown()) {
                MemoryTotals totals = diff.leftTotals();
                totals.pools().forEach(pool -> left.put(pool, totals.of(pool)));
            }
            left.keySet().removeAll(byTotals);
            return left;
        }

        private void remark(List<DeviceBuffer> closedWith, List<DeviceBuffer> notHeld, List<DeviceBuffer> unreported) {
            List<String> remarks = new ArrayList<>(reading.problems());
            if (!closedWith.isEmpty()) {
                remarks.add("the device says that it is closed; " + amount(closedWith)
                        + (closedWith.size() == 1 ? " was" : " were") + " never reported freed");
            }
            if (!notHeld.isEmpty()) {
                remarks.add(amount(notHeld) + (notHeld.size() == 1 ? " is" : " are")
                        + " shown by the tracker and not held by the allocator: freed although no free was reported");
            }
            if (!unreported.isEmpty() && diff.buffersKnown()) {
                remarks.add(amount(unreported) + (unreported.size() == 1 ? " is" : " are")
                        + " held by the allocator and " + (unreported.size() == 1 ? "was" : "were")
                        + " never reported to the tracker");
            }
            mark.remarks().set(remarks);
        }
    }

    private static String amount(List<DeviceBuffer> buffers) {
        return Wording.count(buffers.size(), "buffer") + ", "
                + ByteSize.format(ByteSize.sum(buffers.stream().mapToLong(DeviceBuffer::size))) + ",";
    }

    private static Set<BufferIdentity> identities(List<DeviceBuffer> buffers) {
        return buffers.stream().map(BufferIdentity::of).collect(Collectors.toSet());
    }

    @Override
    public List<String> remarks(Mark mark) {
        BothMark ours = own(mark);
        return Stream.concat(Objects.requireNonNull(ours.remarks().get()).stream(), whole.remarks(ours.mark()).stream())
                .toList();
    }

    @Override
    public List<DeviceBuffer> freedSince(Mark mark) {
        return whole.freedSince(own(mark).mark());
    }

    @Override
    public MemorySnapshot snapshot() {
        MemorySnapshot others = whole.snapshot();
        MemorySnapshot listed = devices.knownSnapshot();
        Set<BufferIdentity> reported = identities(others.buffers());
        NavigableSet<Integer> inTotals = new TreeSet<>(others.buffersKnown() ? List.of() : others.devices());
        List<DeviceBuffer> more = listed.buffers().stream()
                .filter(buffer -> !reported.contains(BufferIdentity.of(buffer)) && !inTotals.contains(buffer.device()))
                .toList();
        if (more.isEmpty()) {
            return others;
        }
        MemoryTotals.Builder totals = MemoryTotals.builder().addAll(others.totals());
        more.forEach(totals::add);
        return new MemorySnapshot(
                totals.build(),
                others.buffersKnown(),
                Stream.concat(others.buffers().stream(), more.stream()).toList(),
                others.commands(),
                others.processes());
    }

    @Override
    public long activity() {
        return whole.activity() + devices.knownActivity();
    }

    @Override
    public OptionalLong capacity(MemoryPool pool) {
        OptionalLong known = devices.capacity(pool);
        return known.isPresent() ? known : whole.capacity(pool);
    }

    @Override
    public Optional<Room> room(MemoryPool pool) {
        return devices.room(pool);
    }
}
