package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.devices.BufferIdentity;
import io.github.ttmemorycheck.internal.devices.ClosedDevice;
import io.github.ttmemorycheck.internal.devices.DeviceReading;
import io.github.ttmemorycheck.internal.devices.DeviceTracker;
import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the other sources say changed, held against what the devices say, for one question. */
final class DeviceComparison {

    private final MemoryTracker whole;
    private final DeviceTracker devices;
    private final SnapshotDiff diff;
    private final DeviceReading reading;
    private final List<ClosedDevice> closed;
    private final Closings closings;
    private final Owners owners;
    private final Set<MemoryPool> byTotals = new HashSet<>();
    private final Set<String> remarks = new LinkedHashSet<>();

    /**
     * Compares.
     *
     * @param diff what the other sources say
     * @param reading what the devices say
     * @param closed the devices that were closed since the time that is asked about
     */
    DeviceComparison(
            MemoryTracker whole,
            DeviceTracker devices,
            SnapshotDiff diff,
            DeviceReading reading,
            List<ClosedDevice> closed,
            Closings closings,
            Owners owners) {
        this.whole = whole;
        this.devices = devices;
        this.diff = diff;
        this.reading = reading;
        this.closed = closed;
        this.closings = closings;
        this.owners = owners;
        for (int device : reading.listed()) {
            AllocatorTracker.LISTED.stream()
                    .map(kind -> new MemoryPool(device, kind))
                    .filter(pool -> !diff.buffersKnown() || diff.leftInTotals().containsKey(pool))
                    .forEach(byTotals::add);
        }
        remarks.addAll(reading.problems());
    }

    /** Returns what is worth knowing about it, a sentence each. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    SnapshotDiff settled() {
        List<DeviceBuffer> closedWith = diff.left().stream()
                .filter(buffer -> owners.wentWithOneOf(closed, buffer))
                .toList();
        List<DeviceBuffer> notHeld = notHeld(new HashSet<>(closedWith));
        List<DeviceBuffer> unreported = unreported(reading.diff().left(), diff.left());
        List<DeviceBuffer> released = unreported(reading.diff().released(), diff.released());
        Map<MemoryPool, Long> ofOthers = ofOtherProcesses();
        Map<MemoryPool, Long> excused = new HashMap<>();
        List<ProcessUse> processes = excused(excused);
        doubt();
        doubtOfTotals();
        disagreement(ofOthers).ifPresent(remarks::add);
        if (closedWith.isEmpty()
                && notHeld.isEmpty()
                && unreported.isEmpty()
                && released.isEmpty()
                && byTotals.isEmpty()
                && excused.isEmpty()) {
            return diff;
        }
        remark(closedWith, notHeld, unreported, excused);
        Set<DeviceBuffer> gone = new HashSet<>(closedWith);
        gone.addAll(notHeld);
        List<DeviceBuffer> left = Stream.concat(
                        diff.left().stream().filter(buffer -> !gone.contains(buffer)), unreported.stream())
                .toList();
        List<DeviceBuffer> older = olderUnreported();
        Map<MemoryPool, Long> lessAfter = new HashMap<>(excused);
        gone.forEach(buffer -> lessAfter.merge(buffer.pool(), buffer.size(), ByteSize::sum));
        Map<MemoryPool, Long> moreAfter = uncounted(older, unreported);
        moreAfter.putAll(ofOthers);
        return new SnapshotDiff(
                figures(diff.before(), reading.diff().before(), Map.of(), uncounted(older, released)),
                figures(diff.after(), reading.diff().after(), lessAfter, moreAfter),
                diff.buffersKnown() || !byTotals.isEmpty() || !unreported.isEmpty(),
                left,
                Stream.concat(diff.released().stream(), released.stream()).toList(),
                diff.ended(),
                diff.commands(),
                processes,
                diff.faults(),
                leftInTotals(ofOthers, excused));
    }

    /** Returns what is shown as left and no allocator holds. */
    private List<DeviceBuffer> notHeld(Set<DeviceBuffer> closedWith) {
        List<DeviceBuffer> shown = diff.left().stream()
                .filter(buffer -> reading.listed().contains(buffer.device())
                        && AllocatorTracker.LISTED.contains(buffer.kind())
                        && owners.isOpenOf(buffer.device(), buffer.processId())
                        && !closedWith.contains(buffer))
                .toList();
        if (shown.isEmpty()) {
            return List.of();
        }
        Set<BufferIdentity> held = Owners.identities(devices.lastSnapshot().buffers().stream()
                .map(owners::attributed)
                .toList());
        return shown.stream()
                .filter(buffer -> !held.contains(BufferIdentity.of(buffer)))
                .toList();
    }

    /** Returns what an allocator has held or given back since the mark, and nobody reported. */
    private List<DeviceBuffer> unreported(List<DeviceBuffer> told, List<DeviceBuffer> byOthers) {
        if (told.isEmpty()) {
            return List.of();
        }
        List<DeviceBuffer> unknown = owners.unreported(told, byOthers);
        if (unknown.isEmpty() || !diff.buffersKnown()) {
            return unknown;
        }
        Set<BufferIdentity> live = Owners.identities(owners.live());
        return unknown.stream()
                .filter(buffer -> !live.contains(BufferIdentity.of(buffer)))
                .toList();
    }

    /** Returns what an allocator held already at the mark, and nobody reported. */
    private List<DeviceBuffer> olderUnreported() {
        Set<DeviceBuffer> later = new HashSet<>(reading.diff().left());
        return unreported(
                devices.lastSnapshot().buffers().stream()
                        .filter(buffer -> reading.listed().contains(buffer.device()) && !later.contains(buffer))
                        .toList(),
                diff.left());
    }

    /** Returns the sums of buffers of which the others have no figures, but where those of the device count alone. */
    private Map<MemoryPool, Long> uncounted(List<DeviceBuffer> some, List<DeviceBuffer> more) {
        Map<MemoryPool, Long> sums = new HashMap<>();
        Stream.concat(some.stream(), more.stream())
                .filter(buffer -> !byTotals.contains(buffer.pool()))
                .forEach(buffer -> sums.merge(buffer.pool(), buffer.size(), ByteSize::sum));
        return sums;
    }

    /** Returns what is left by totals, where a device speaks, of processes for which it does not. */
    private Map<MemoryPool, Long> ofOtherProcesses() {
        Map<MemoryPool, Long> left = new HashMap<>();
        for (ProcessUse use : byTotals.isEmpty() ? List.<ProcessUse>of() : diff.processes()) {
            use.held().pools().stream()
                    .filter(pool -> byTotals.contains(pool)
                            && use.held().of(pool) > 0
                            && !speaksFor(pool.device(), use.processId()))
                    .forEach(pool -> left.merge(pool, use.held().of(pool), ByteSize::sum));
        }
        return left;
    }

    private boolean speaksFor(int device, int processId) {
        return owners.isOpenOf(device, processId)
                || closed.stream()
                        .anyMatch(one -> one.devices().contains(device) && owners.isClosedOf(one, device, processId));
    }

    /** Takes out of what processes left by totals what went with a closed device, and adds that to {@code excused}. */
    private List<ProcessUse> excused(Map<MemoryPool, Long> excused) {
        if (closed.isEmpty()) {
            return diff.processes();
        }
        List<ProcessUse> rest = new ArrayList<>();
        for (ProcessUse use : diff.processes()) {
            MemoryTotals.Builder held = MemoryTotals.builder();
            for (MemoryPool pool : use.held().pools()) {
                long went = byTotals.contains(pool) ? 0 : wentWithADevice(use, pool);
                if (went > 0) {
                    excused.merge(pool, went, ByteSize::sum);
                }
                held.add(pool, use.held().of(pool) - went);
            }
            rest.add(new ProcessUse(use.processId(), use.command(), held.build()));
        }
        return rest.stream().filter(use -> !use.held().isZero()).toList();
    }

    private long wentWithADevice(ProcessUse use, MemoryPool pool) {
        return closed.stream()
                .filter(device -> device.devices().contains(pool.device())
                        && use.held().of(pool) > 0
                        && owners.isClosedOf(device, pool.device(), use.processId())
                        && !owners.isOpenOf(pool.device(), use.processId()))
                .mapToLong(device -> Math.min(use.held().of(pool), closings.held(device, use.processId(), pool)))
                .max()
                .orElse(0);
    }

    /** Returns the figures of the others with some changes; those of the devices where the others have totals alone. */
    private MemoryTotals figures(
            MemoryTotals others, MemoryTotals told, Map<MemoryPool, Long> less, Map<MemoryPool, Long> more) {
        Map<MemoryPool, Long> figures = new HashMap<>();
        others.pools().forEach(pool -> figures.put(pool, others.of(pool)));
        less.forEach((pool, bytes) -> figures.computeIfPresent(pool, (same, all) -> all - Math.min(all, bytes)));
        byTotals.forEach(pool -> figures.put(pool, told.of(pool)));
        more.forEach((pool, bytes) -> figures.merge(pool, bytes, ByteSize::sum));
        MemoryTotals.Builder totals = MemoryTotals.builder();
        figures.forEach(totals::add);
        return totals.build();
    }

    private Map<MemoryPool, Long> leftInTotals(Map<MemoryPool, Long> ofOthers, Map<MemoryPool, Long> excused) {
        Map<MemoryPool, Long> left = new HashMap<>(diff.leftInTotals());
        if (!diff.buffersKnown()) {
            MemoryTotals totals = diff.leftTotals();
            totals.pools().forEach(pool -> left.put(pool, totals.of(pool)));
        }
        left.keySet().removeAll(byTotals);
        left.putAll(ofOthers);
        excused.forEach((pool, bytes) -> left.computeIfPresent(pool, (same, all) -> Math.max(0, all - bytes)));
        return left;
    }

    /** Says where it is not certain whose memory a device tells of. */
    private void doubt() {
        Map<Integer, Set<Integer>> leaving = new HashMap<>();
        diff.left()
                .forEach(buffer -> leaving.computeIfAbsent(buffer.device(), unseen -> new TreeSet<>())
                        .add(buffer.processId()));
        diff.processes()
                .forEach(use -> use.held()
                        .devices()
                        .forEach(device -> leaving.computeIfAbsent(device, unseen -> new TreeSet<>())
                                .add(use.processId())));
        leaving.forEach((device, processes) -> processes.forEach(process -> {
            if (reading.listed().contains(device)) {
                owners.doubt(device, process).ifPresent(remarks::add);
            }
            closed.stream()
                    .filter(one -> one.devices().contains(device))
                    .flatMap(one -> owners.doubt(one, device, process).stream())
                    .forEach(remarks::add);
        }));
    }

    /** Says where a total is left on a closed device of which nobody tells whose it is. */
    private void doubtOfTotals() {
        if (diff.buffersKnown() || !diff.processes().isEmpty()) {
            return;
        }
        MemoryTotals all = diff.leftTotals();
        for (ClosedDevice device : closed) {
            MemoryTotals.Builder left = MemoryTotals.builder();
            all.pools().stream()
                    .filter(pool -> device.devices().contains(pool.device()) && !byTotals.contains(pool))
                    .forEach(pool -> left.add(pool, all.of(pool)));
            List<String> amounts = Amount.texts(left.build(), device.devices());
            if (!amounts.isEmpty()) {
                remarks.add(device.name() + " is closed, but nobody tells which process holds what is left there, "
                        + Wording.list(amounts) + ", so it counts");
            }
        }
    }

    /** Says where totals alone tell of another amount than the device that speaks, but for circular buffers. */
    private Optional<String> disagreement(Map<MemoryPool, Long> ofOthers) {
        if (diff.buffersKnown()) {
            return Optional.empty();
        }
        MemoryTotals shown = diff.leftTotals();
        MemoryTotals told = reading.diff().leftTotals();
        List<MemoryPool> differing = byTotals.stream()
                .filter(pool -> pool.kind() != MemoryKind.CIRCULAR_BUFFER && whole.hasFiguresOf(pool.kind()))
                .filter(pool -> shown.of(pool) - ofOthers.getOrDefault(pool, 0L) != told.of(pool))
                .sorted()
                .toList();
        return differing.stream()
                .findFirst()
                .map(pool -> "the " + whole.description() + " tells of "
                        + ByteSize.format(shown.of(pool) - ofOthers.getOrDefault(pool, 0L)) + " of " + pool.kind()
                        + " left on device " + pool.device() + ", and the device, which counts, of "
                        + ByteSize.format(told.of(pool))
                        + (differing.size() == 1 ? "" : "; " + (differing.size() - 1) + " more of its figures differ"));
    }

    private void remark(
            List<DeviceBuffer> closedWith,
            List<DeviceBuffer> notHeld,
            List<DeviceBuffer> unreported,
            Map<MemoryPool, Long> excused) {
        if (!closedWith.isEmpty()) {
            remarks.add("the device says that it is closed; " + count(closedWith) + isOrAre(closedWith, "was", "were")
                    + "never reported freed" + sum(closedWith));
        }
        if (!excused.isEmpty()) {
            MemoryTotals.Builder went = MemoryTotals.builder();
            excused.forEach(went::add);
            MemoryTotals totals = went.build();
            remarks.add("the device says that it is closed; "
                    + Wording.list(Amount.texts(totals, totals.devices()))
                    + " that the totals still show of its process are gone");
        }
        if (!notHeld.isEmpty()) {
            remarks.add(count(notHeld) + isOrAre(notHeld, "is", "are")
                    + "shown by the tracker and not held by the allocator" + sum(notHeld)
                    + ": freed although no free was reported");
        }
        if (!unreported.isEmpty() && diff.buffersKnown()) {
            remarks.add(count(unreported) + isOrAre(unreported, "is", "are") + "held by the allocator and"
                    + isOrAre(unreported, "was", "were") + "never reported to the tracker" + sum(unreported));
        }
    }

    private static String count(List<DeviceBuffer> buffers) {
        return Wording.count(buffers.size(), "buffer");
    }

    private static String isOrAre(List<DeviceBuffer> buffers, String one, String many) {
        return " " + (buffers.size() == 1 ? one : many) + " ";
    }

    private static String sum(List<DeviceBuffer> buffers) {
        return " (" + ByteSize.format(ByteSize.sum(buffers.stream().mapToLong(DeviceBuffer::size))) + ")";
    }
}
