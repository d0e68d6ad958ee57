package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.text.DeviceRow;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The DRAM belongs to programs in a cache that was not cleared: the same few addresses on every device, and either
 * programs are known to be in the cache, or each buffer was allocated twice and freed once, as a program is when it is
 * loaded.
 */
final class CachedPrograms {

    /** Measured runs keep less than 1 MiB of DRAM for programs; what is larger is data. In bytes, per device. */
    static final long LARGEST = 1024 * 1024;

    private CachedPrograms() {}

    static Optional<Diagnosis> diagnose(String rule, Evidence evidence) {
        CacheRelease cache = evidence.cache();
        boolean entriesLeft = !cache.notCleared().isEmpty() && cache.mayHoldPrograms();
        if (evidence.grew() || !(entriesLeft || cache.devices() == 0)) {
            return Optional.empty();
        }
        List<DeviceBuffer> alike = onEveryDevice(evidence).stream()
                .filter(buffer -> entriesLeft || ReferenceRules.isLoadedTwiceFreedOnce(buffer))
                .toList();
        if (alike.isEmpty() || Long.compareUnsigned(largestOnADevice(alike), LARGEST) >= 0) {
            return Optional.empty();
        }
        long addresses = alike.stream().map(DeviceBuffer::address).distinct().count();
        boolean loaded = alike.stream().allMatch(ReferenceRules::isLoadedTwiceFreedOnce);
        int devices = evidence.devices().size();
        return Optional.of(new Diagnosis(
                rule,
                "compiled programs in a cache that was not cleared",
                (entriesLeft
                                ? "The cache holds "
                                        + Wording.programs(cache.programs(), cache.uncounted(), cache.devices())
                                        + ", and "
                                : "No cache was cleared, and ")
                        + Wording.count(alike.size(), "buffer") + (alike.size() == 1 ? " is" : " are") + " at "
                        + (addresses == 1 ? "the same address" : "the same " + addresses + " addresses")
                        + (devices == 1 ? "" : " on all " + devices + " devices")
                        + (loaded ? ", allocated twice and freed once as programs are." : "."),
                fixes(evidence),
                evidence.explainedBy(alike)));
    }

    private static List<String> fixes(Evidence evidence) {
        boolean trace = evidence.cache().traces() > 0
                || evidence.findings().stream()
                        .anyMatch(finding -> finding.kind() == MemoryKind.TRACE && finding.after() > 0);
        if (evidence.cache().devices() == 0) {
            return List.of("make the device known to the check, in a field of the test class or by a TtDeviceProvider,"
                    + " so that its program cache is cleared");
        }
        return trace ? List.of() : List.of("let the program cache be cleared, which failed as said above");
    }

    private static List<DeviceBuffer> onEveryDevice(Evidence evidence) {
        List<DeviceRow<DeviceBuffer>> rows = DeviceRow.fold(
                evidence.buffers(MemoryKind.DRAM),
                DeviceBuffer::device,
                buffer -> List.of(buffer.address(), buffer.size()));
        return rows.stream()
                .filter(row -> row.devices().equals(evidence.devices()))
                .flatMap(row -> row.items().stream())
                .toList();
    }

    private static long largestOnADevice(List<DeviceBuffer> buffers) {
        Map<Integer, Long> sums = new HashMap<>();
        buffers.forEach(buffer -> sums.merge(buffer.device(), buffer.size(), ByteSize::sum));
        return sums.values().stream().max(Long::compareUnsigned).orElse(0L);
    }
}
