package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.diagnosis.Diagnoses;
import io.github.ttmemorycheck.internal.diagnosis.Evidence;
import io.github.ttmemorycheck.internal.diagnosis.Fingerprint;
import io.github.ttmemorycheck.internal.diagnosis.LateFrees;
import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.internal.leak.GrowthResult;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Makes the report of a test that grew from repetition to repetition, and charges it with what its repetitions left.
 */
final class GrowthReports {

    private final Run run;
    private final Subject repetitions;
    private final Rules rules;

    GrowthReports(Run run, Subject repetitions, Rules rules) {
        this.run = run;
        this.repetitions = repetitions;
        this.rules = rules;
    }

    /**
     * What the repetitions left together.
     *
     * @param buffers the buffers
     * @param commands the command line of each process that owns one of them, where it could be found
     * @param notes what is worth knowing of the repetitions, a sentence each
     * @param cache what was found in the program caches after the last of them
     * @param startedAtNanos when the first of them began
     * @param how how the last of them was measured
     */
    record Left(
            List<DeviceBuffer> buffers,
            Map<Integer, String> commands,
            List<String> notes,
            CacheRelease cache,
            long startedAtNanos,
            Measurement how) {}

    /** Makes the report, and writes the dump. */
    LeakReport of(List<GrowthResult> grown, Left left) {
        List<Finding> findings = findings(grown);
        List<DeviceBuffer> charged = left.buffers().stream()
                .filter(buffer -> findings.stream().anyMatch(finding -> finding.covers(buffer)))
                .toList();
        charge(findings, charged);
        DumpFile dump =
                DumpFile.write(repetitions, run.tracker(), run.settings().reportDirectory(), run.log());
        List<String> notes = new ArrayList<>(left.notes());
        notes.addAll(AllocationNotes.of(charged, run.settings().sites()));
        notes.addAll(dump.notes());
        Evidence evidence = new Evidence(
                false,
                findings,
                charged,
                List.of(),
                left.cache(),
                List.of(),
                LateFrees.NONE,
                grown,
                capacities(findings),
                Map.of());
        return new LeakReport(
                repetitions,
                left.startedAtNanos(),
                findings,
                charged,
                run.processes().named(left.commands(), charged),
                List.of(),
                left.cache(),
                notes,
                Diagnoses.of(evidence),
                Fingerprint.of(repetitions.qualifiedName(), evidence),
                left.how(),
                dump.path());
    }

    /** Charges what no baseline on the method let pass with its repetition. */
    private void charge(List<Finding> findings, List<DeviceBuffer> buffers) {
        run.ledger().settle(repetitions, buffers);
        if (!run.tracker().knowsBuffers()) {
            findings.stream()
                    .filter(finding -> !rules.isStatedOnMethod(finding))
                    .forEach(finding -> run.ledger().charge(finding.pool(), finding.left()));
        }
    }

    /** How much memory there is of what grew; a setting counts before what the tracker says. */
    private MemoryTotals capacities(List<Finding> findings) {
        MemoryTotals.Builder capacities = MemoryTotals.builder();
        for (Finding finding : findings) {
            OptionalLong set = run.settings().capacities().of(finding.pool());
            OptionalLong known = set.isPresent() ? set : run.tracker().capacity(finding.device(), finding.kind());
            capacities.add(finding.device(), finding.kind(), known.orElse(0));
        }
        return capacities.build();
    }

    private List<Finding> findings(List<GrowthResult> grown) {
        return GrowthResult.ofMemory(grown).stream().map(this::finding).toList();
    }

    /** What grew in the repetitions that count, as a finding: from what was held before them to what is held after. */
    private Finding finding(GrowthFinding growth) {
        long after = growth.last();
        long left = growth.judged().stream().mapToLong(Long::longValue).sum();
        return new Finding(
                growth.pool().device(),
                growth.pool().kind(),
                after - left,
                after,
                left,
                rules.baseline().allowed(growth.pool()),
                Verdict.GREW);
    }
}
