package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.devices.ClosedDevice;
import io.github.ttmemorycheck.internal.devices.DeviceReading;
import io.github.ttmemorycheck.internal.devices.DeviceTracker;
import io.github.ttmemorycheck.internal.text.BufferNumber;
import io.github.ttmemorycheck.internal.tracker.DumpText;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * The other sources, held against the allocators of the devices that can tell, which know the truth while they are
 * open. What the others show and an allocator does not hold was freed although no free was reported: no leak. What an
 * allocator holds and nobody reported is a leak like any other. A buffer that both know is described by the others,
 * which saw it come. What had been on a device that has been closed since is gone, also where devices are not asked for
 * their buffers.
 *
 * <p>A device speaks for the process that has it open, and no other one: what the others tell of those stays.
 *
 * <p>Circular buffers are no buffers of an allocator, so those that are shown for a device that tells are not held;
 * kernels are left to the others. Thread-safe.
 */
final class AllocatorTracker implements DelegatingTracker {

    /** What an allocator tells all of. */
    static final Set<MemoryKind> LISTED = EnumSet.complementOf(EnumSet.of(MemoryKind.KERNEL));

    private record BothMark(Mark mark, Mark device, AtomicReference<List<String>> remarks) implements DelegatingMark {

        @Override
        public boolean isBefore(DeviceBuffer buffer) {
            return BufferNumber.isOfDevice(buffer.order()) ? device.isBefore(buffer) : mark.isBefore(buffer);
        }

        @Override
        public void close() {
            mark.close();
            device.close();
        }
    }

    private final MemoryTracker whole;
    private final DeviceTracker devices;
    private final IntPredicate ofRun;
    private final String absence;
    private final Closings closings;

    /**
     * Joins them.
     *
     * @param whole the other sources
     * @param ofRun whether a process is of the run: it may have a device open that names no process
     * @param absence what devices that tell their buffers could add; empty where nobody need be told
     */
    AllocatorTracker(MemoryTracker whole, DeviceTracker devices, IntPredicate ofRun, String absence) {
        this.whole = whole;
        this.devices = devices;
        this.ofRun = ofRun;
        this.absence = absence;
        this.closings = new Closings(whole);
    }

    @Override
    public MemoryTracker whole() {
        return whole;
    }

    /** Names the devices first once any has told its buffers: they know most. */
    @Override
    public String description() {
        return (devices.hasTold() ? devices.description() + ", and " : "") + whole.description();
    }

    @Override
    public List<String> absent() {
        return devices.hasTold() || absence.isEmpty()
                ? whole.absent()
                : Stream.concat(Stream.of(absence), whole.absent().stream()).toList();
    }

    @Override
    public boolean knowsBuffers(MemoryPool pool) {
        return whole.knowsBuffers(pool) || tellsOf(pool);
    }

    private boolean tellsOf(MemoryPool pool) {
        return LISTED.contains(pool.kind()) && devices.lists(pool.device());
    }

    @Override
    public Mark mark() {
        BothMark mark = new BothMark(whole.mark(), devices.markKnown(), new AtomicReference<>(List.of()));
        closings.note(devices.closed());
        return mark;
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
        if (!devices.isListing() && diff.isClean()) {
            ours.remarks().set(List.of());
            return diff;
        }
        DeviceReading reading = devices.known(ours.device());
        List<ClosedDevice> closed = devices.closed();
        closings.note(closed);
        List<ClosedDevice> since = closed.stream()
                .filter(device -> device.closedNanos() - ours.takenAtNanos() > 0)
                .toList();
        Owners owners = new Owners(whole, devices, ofRun, () -> whole.freedSince(ours.mark()));
        SnapshotDiff shown = Reopened.in(diff, closed, owners);
        if (reading.listed().isEmpty() && since.isEmpty()) {
            ours.remarks().set(reading.problems());
            return shown;
        }
        DeviceComparison comparison = new DeviceComparison(whole, devices, shown, reading, since, closings, owners);
        SnapshotDiff settled = comparison.settled();
        ours.remarks().set(comparison.remarks());
        return settled;
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
        List<DeviceBuffer> more = unreported(others).stream()
                .filter(buffer -> others.buffersKnown() || !others.devices().contains(buffer.device()))
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

    /** Returns what devices hold now and others do not name. */
    private List<DeviceBuffer> unreported(MemorySnapshot others) {
        if (!devices.isListing()) {
            return List.of();
        }
        MemorySnapshot told = devices.knownSnapshot();
        return new Owners(whole, devices, ofRun, List::of).unreported(told.buffers(), others.buffers());
    }

    @Override
    public void dump(Appendable out) throws IOException {
        whole.dump(out);
        List<DeviceBuffer> more = unreported(whole.snapshot());
        if (!more.isEmpty()) {
            MemoryTotals.Builder totals = MemoryTotals.builder();
            more.forEach(totals::add);
            out.append("\nHeld by the allocators of the devices, and never reported:\n");
            DumpText.full()
                    .write(
                            new MemorySnapshot(
                                    totals.build(),
                                    true,
                                    more,
                                    devices.lastSnapshot().commands(),
                                    List.of()),
                            out);
        }
    }

    @Override
    public long activity() {
        return whole.activity() + (devices.isListing() ? devices.knownActivity() : 0);
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
