package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The DRAM belongs to programs in a cache that was not cleared: the same few addresses on every device, and either programs
 * are known to be in the cache, or each buffer was allocated twice and freed once, as a program is when it is loaded.
 */
final class CachedPrograms implements DiagnosisRule {

    /** Measured runs keep less than 1 MiB of DRAM for programs; what is larger is data. In bytes, per device. */
    static final long LARGEST = 1024 * 1024;

    private record Likeness(long address, long size) {}

    @Override
    public String name() {
        return "program-cache";
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        CacheRelease cache = evidence.cache();
        boolean entriesLeft = cache.notCleared().isPresent() && cache.programs() > 0;
        boolean grew =
                evidence.failing(finding -> finding.verdict() == Verdict.GREW).size() > 0;
        if (grew || !(entriesLeft || cache.devices() == 0)) {
            return Optional.empty();
        }
        List<DeviceBuffer> alike = onEveryDevice(evidence).stream()
                .filter(buffer -> entriesLeft || Unbalanced.isLoadedTwiceFreedOnce(buffer))
                .toList();
        if (alike.isEmpty() || largestOnADevice(alike) >= LARGEST) {
            return Optional.empty();
        }
        Set<Long> addresses = new HashSet<>();
        alike.forEach(buffer -> addresses.add(buffer.address()));
        boolean loaded = alike.stream().allMatch(Unbalanced::isLoadedTwiceFreedOnce);
        int devices = evidence.devices().size();
        return Optional.of(new Diagnosis(
                name(),
                "compiled programs in a cache that was not cleared",
                (entriesLeft
                                ? "The cache holds " + Wording.count(cache.programs(), "program") + ", and "
                                : "No cache was cleared, and ")
                        + Wording.count(alike.size(), "buffer") + (alike.size() == 1 ? " is" : " are") + " at "
                        + (addresses.size() == 1 ? "the same address" : "the same " + addresses.size() + " addresses")
                        + (devices == 1 ? "" : " on all " + devices + " devices")
                        + (loaded ? ", allocated twice and freed once as programs are." : "."),
                fixes(evidence),
                evidence.explainedBy(alike)));
    }

    private static List<String> fixes(Evidence evidence) {
        boolean trace = evidence.findings().stream()
                .anyMatch(finding -> finding.kind() == MemoryKind.TRACE && finding.after() > 0);
        if (evidence.cache().devices() == 0) {
            return List.of("make the device known to the check, in a field of the test class or by a TtDeviceProvider,"
                    + " so that its program cache is cleared");
        }
        return trace ? List.of() : List.of("let the program cache be cleared, which failed as said above");
    }

    private static List<DeviceBuffer> onEveryDevice(Evidence evidence) {
        Map<Likeness, List<DeviceBuffer>> groups = new LinkedHashMap<>();
        for (DeviceBuffer buffer : evidence.buffers(MemoryKind.DRAM)) {
            groups.computeIfAbsent(new Likeness(buffer.address(), buffer.size()), unseen -> new ArrayList<>())
                    .add(buffer);
        }
        List<DeviceBuffer> alike = new ArrayList<>();
        groups.values().stream()
                .filter(group -> group.size() == evidence.devices().size())
                .forEach(alike::addAll);
        return alike;
    }

    private static long largestOnADevice(List<DeviceBuffer> buffers) {
        Map<Integer, Long> sums = new LinkedHashMap<>();
        // A size of 8 EiB or more is a wrong report, and too large whatever else there is.
        buffers.forEach(buffer ->
                sums.merge(buffer.device(), buffer.size() < 0 ? LARGEST : Math.min(buffer.size(), LARGEST), Long::sum));
        return sums.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
