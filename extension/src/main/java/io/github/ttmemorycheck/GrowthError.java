package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.diagnosis.Diagnoses;
import io.github.ttmemorycheck.internal.diagnosis.Evidence;
import io.github.ttmemorycheck.internal.diagnosis.Fingerprint;
import io.github.ttmemorycheck.internal.diagnosis.LateFrees;
import io.github.ttmemorycheck.internal.leak.Allowance;
import io.github.ttmemorycheck.internal.leak.BaselineScope;
import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.internal.leak.GrowthResult;
import io.github.ttmemorycheck.internal.message.GrowthText;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes the error of a test that grew from repetition to repetition, and charges it with what its repetitions left. */
final class GrowthError {

    private final Run run;
    private final Judgement judgement;
    private final List<GrowthResult> grown;
    private final ExtensionContext first;

    GrowthError(Run run, Judgement judgement, List<GrowthResult> grown, ExtensionContext first) {
        this.run = run;
        this.judgement = judgement;
        this.grown = grown;
        this.first = first;
    }

    /**
     * Makes the error.
     *
     * @param left the buffers that the repetitions left
     * @param commands the command line of each process that owns one of them, where it could be found
     * @param of what is worth knowing of them, a sentence each
     * @param cache what was found in the program caches after the last of them
     * @param startedAtNanos when the first of them began
     * @param how how the last of them was measured
     */
    DeviceMemoryLeakError over(
            List<DeviceBuffer> left,
            Map<Integer, String> commands,
            List<String> of,
            CacheRelease cache,
            long startedAtNanos,
            Measurement how) {
        String name = SubjectNames.withoutInvocations(judgement.name());
        List<Finding> findings = findings();
        List<DeviceBuffer> charged = left.stream()
                .filter(buffer -> findings.stream().anyMatch(finding -> finding.covers(buffer)))
                .toList();
        run.ledger().settle(name, charged);
        if (!run.tracker().knowsBuffers()) {
            findings.stream()
                    .filter(this::isOpen)
                    .forEach(finding -> run.ledger().charge(finding.device(), finding.kind(), finding.left()));
        }
        List<String> notes = new ArrayList<>(of);
        notes.addAll(AllocationNotes.of(charged, run.settings().sites()));
        Optional<String> dump = new DumpFiles(run).write(name, notes);
        Evidence evidence = new Evidence(
                false,
                findings,
                charged,
                List.of(),
                cache,
                List.of(),
                LateFrees.NONE,
                grown,
                capacities(findings),
                Map.of());
        LeakReport report = new LeakReport(
                SubjectNames.subject(first).repetitions(),
                startedAtNanos,
                findings,
                charged,
                run.processes().named(commands, charged),
                List.of(),
                cache,
                notes,
                Diagnoses.of(evidence),
                Fingerprint.of(SubjectNames.qualified(first, name), evidence),
                how,
                dump);
        return new DeviceMemoryLeakError(
                report, GrowthText.render(report, grown, judgement.rules().baseline()));
    }

    /** How much memory there is of what grew; a setting counts before what the tracker says. */
    private MemoryTotals capacities(List<Finding> findings) {
        MemoryTotals.Builder capacities = MemoryTotals.builder();
        for (Finding finding : findings) {
            int device = finding.device();
            MemoryKind kind = finding.kind();
            OptionalLong set = run.settings().capacities().of(device, kind);
            OptionalLong known = set.isPresent() ? set : run.tracker().capacity(device, kind);
            capacities.add(device, kind, known.orElse(0));
        }
        return capacities.build();
    }

    /** What a baseline on the method lets pass was settled with each repetition. */
    private boolean isOpen(Finding finding) {
        Allowance allowance = judgement.rules().baseline().allowed(finding.pool());
        return !allowance.scope().equals(Optional.of(BaselineScope.METHOD));
    }

    private List<Finding> findings() {
        return grown.stream()
                .filter(GrowthFinding.class::isInstance)
                .map(GrowthFinding.class::cast)
                .map(this::finding)
                .toList();
    }

    /** What grew in the repetitions that count, as a finding: from what was held before them to what is held after. */
    private Finding finding(GrowthFinding growth) {
        List<Long> held = growth.heldAfter();
        long after = held.get(held.size() - 1);
        long left = growth.judged().stream().mapToLong(Long::longValue).sum();
        return new Finding(
                growth.pool().device(),
                growth.pool().kind(),
                after - left,
                after,
                left,
                judgement.rules().baseline().allowed(growth.pool()).bytes(),
                Verdict.GREW);
    }
}
