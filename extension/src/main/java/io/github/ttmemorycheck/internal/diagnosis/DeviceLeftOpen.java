package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A device was not closed. Closing one gives back all that it holds (measured: nothing is left after the mesh is
 * closed), so what is live after a class is on an open device. For a single test, whose device may well stay open, more
 * is asked: no device is known, nothing was allocated anywhere before the test, and it left both what programs hold in
 * DRAM and what they hold in L1.
 */
final class DeviceLeftOpen implements DiagnosisRule {

    private static final Set<MemoryKind> OF_CORES = Set.of(MemoryKind.L1, MemoryKind.CIRCULAR_BUFFER);

    @Override
    public String name() {
        return "device-left-open";
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        List<Finding> left = evidence.failing(finding -> true);
        int open = evidence.cache().devices();
        if (left.isEmpty() || !evidence.grown().isEmpty()) {
            return Optional.empty();
        }
        if (evidence.wholeClass()) {
            return Optional.of(new Diagnosis(
                    name(),
                    "a device is still open after the class",
                    open > 0
                            ? Wording.count(open, "device") + " of the class " + (open == 1 ? "is" : "are")
                                    + " open after @AfterAll, and a closed one holds nothing."
                            : "A closed device holds nothing, and no field of the class holds an open one, so it is a"
                                    + " device that the check does not know.",
                    List.of("close the device in @AfterAll"),
                    evidence.failingKinds()));
        }
        boolean fresh = evidence.findings().stream().allMatch(finding -> finding.before() == 0);
        boolean both = evidence.failingKinds().contains(MemoryKind.DRAM)
                && evidence.failingKinds().stream().anyMatch(OF_CORES::contains);
        if (open > 0 || !fresh || !both) {
            return Optional.empty();
        }
        return Optional.of(new Diagnosis(
                name(),
                "a device that the test opened is still open",
                "Nothing was allocated on any device before it, no open device is known to the check, and it left "
                        + evidence.amounts(left, Finding::left) + ".",
                List.of("close the device before the test ends, or make it known to the check: in a field of"
                        + " the test class, or"
                        + " by a TtDeviceProvider"),
                evidence.failingKinds()));
    }
}
