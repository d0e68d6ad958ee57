package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.leak.CacheEntryGrowth;
import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.internal.leak.GrowthResult;
import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * All that the rules look at. Immutable.
 *
 * @param wholeClass whether a class as a whole was judged, after all its tests
 * @param findings what was found, a finding for each device and kind
 * @param buffers the buffers left that are charged to the subject, oldest first; empty where buffers are not known
 * @param freed buffers that were allocated meanwhile and freed again, as far as the tracker remembers them
 * @param cache what the program cache held and what became of it
 * @param ended processes that ended meanwhile without freeing what they held
 * @param late what was freed only while the leak was being measured
 * @param grown what grew from repetition to repetition; empty where growth was not judged
 * @param capacities how much memory the devices have in all; 0 where that is not known
 * @param seenBefore for a device, after how many earlier tests of the run the same small set of L1 was left on it
 * @param viewsAdded whether a reference that was added later holds some of it, to memory that was there before
 * @param closedDevices how many devices of the subject are known and closed
 * @param opened the devices that are open and were not known to be when the test began; empty for a class
 */
public record Evidence(
        boolean wholeClass,
        List<Finding> findings,
        List<DeviceBuffer> buffers,
        List<DeviceBuffer> freed,
        CacheRelease cache,
        List<EndedProcess> ended,
        LateFrees late,
        List<GrowthResult> grown,
        MemoryTotals capacities,
        Map<Integer, Integer> seenBefore,
        boolean viewsAdded,
        int closedDevices,
        List<OpenedDevice> opened) {

    /**
     * The most L1 on a device that is taken for circular buffers, in bytes: measured are 12 KiB, which is also what a
     * run normally keeps on a device; a third is added for other operations.
     */
    public static final long SMALL_L1 = 16 * 1024;

    /** Returns whether there is anything to explain. */
    boolean isOfALeak() {
        return !grown.isEmpty() || !failing(finding -> true).isEmpty();
    }

    List<Finding> failing(Predicate<Finding> wanted) {
        return findings.stream()
                .filter(finding -> finding.verdict() == Verdict.LEAKED || finding.verdict() == Verdict.GREW)
                .filter(wanted)
                .toList();
    }

    /** Returns whether what fails is growth. */
    boolean grew() {
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.GREW);
    }

    List<Finding> failing(MemoryKind kind) {
        return failing(finding -> finding.kind() == kind);
    }

    Set<MemoryKind> failingKinds() {
        Set<MemoryKind> kinds = EnumSet.noneOf(MemoryKind.class);
        failing(finding -> true).forEach(finding -> kinds.add(finding.kind()));
        return kinds;
    }

    /** Returns the buffers of one kind of memory that fails. */
    List<DeviceBuffer> buffers(MemoryKind kind) {
        Set<MemoryPool> pools = failing(kind).stream().map(Finding::pool).collect(Collectors.toSet());
        return buffers.stream().filter(buffer -> pools.contains(buffer.pool())).toList();
    }

    /** Returns those on some devices. */
    List<DeviceBuffer> buffers(MemoryKind kind, Collection<Integer> devices) {
        return buffers(kind).stream()
                .filter(buffer -> devices.contains(buffer.device()))
                .toList();
    }

    /**
     * Returns the failing buffers whose references mean something: circular buffers and kernels are sums, not
     * references.
     */
    List<DeviceBuffer> counted() {
        return failingKinds().stream()
                .filter(kind -> kind != MemoryKind.CIRCULAR_BUFFER && kind != MemoryKind.KERNEL)
                .flatMap(kind -> buffers(kind).stream())
                .toList();
    }

    /** Returns the kinds all of whose buffers are among these. */
    Set<MemoryKind> explainedBy(Collection<DeviceBuffer> these) {
        Set<MemoryKind> explained = EnumSet.noneOf(MemoryKind.class);
        for (MemoryKind kind : failingKinds()) {
            List<DeviceBuffer> all = buffers(kind);
            if (!all.isEmpty() && these.containsAll(all)) {
                explained.add(kind);
            }
        }
        return explained;
    }

    /** Returns every device there is a finding for. */
    NavigableSet<Integer> devices() {
        return devices(findings);
    }

    static NavigableSet<Integer> devices(Collection<Finding> findings) {
        NavigableSet<Integer> devices = new TreeSet<>();
        findings.forEach(finding -> devices.add(finding.device()));
        return devices;
    }

    /** Returns whether every program cache is known to be empty, so that nothing left belongs to a cached program. */
    boolean cachesAreCleared() {
        return cache.devices() > 0 && cache.notCleared().isEmpty();
    }

    List<GrowthFinding> grownMemory() {
        return GrowthResult.ofMemory(grown);
    }

    /** Returns how the program caches grew, if each repetition added programs. */
    Optional<CacheEntryGrowth> newPrograms() {
        return GrowthResult.ofPrograms(grown);
    }

    /** Says how much that is, a kind each: {@code 8 MiB of DRAM on device 3 and 12 KiB of L1 on device 0}. */
    String amounts(Collection<Finding> of, ToLongFunction<Finding> figure) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        of.forEach(finding -> totals.add(finding.device(), finding.kind(), figure.applyAsLong(finding)));
        return Wording.list(Amount.texts(totals.build(), devices()));
    }
}
