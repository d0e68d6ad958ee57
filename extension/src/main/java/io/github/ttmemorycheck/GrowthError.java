package io.github.ttmemorycheck;

import io.github.ttmemorycheck.leak.BaselineScope;
import io.github.ttmemorycheck.leak.Finding;
import io.github.ttmemorycheck.leak.GrowthFinding;
import io.github.ttmemorycheck.leak.GrowthResult;
import io.github.ttmemorycheck.leak.Verdict;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.GrowthText;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the error of a test that grew from repetition to repetition, and charges it with what its repetitions left. */
final class GrowthError {

    private final Run run;
    private final Judgement judgement;
    private final List<GrowthResult> grown;

    GrowthError(Run run, Judgement judgement, List<GrowthResult> grown) {
        this.run = run;
        this.judgement = judgement;
        this.grown = grown;
    }

    /**
     * Makes the error.
     *
     * @param left the buffers that the repetitions left
     * @param leftOut the repetitions that do not count
     * @param startedAtNanos when the first of them began
     * @param how how the last of them was measured
     */
    DeviceMemoryLeakError over(List<DeviceBuffer> left, List<String> leftOut, long startedAtNanos, Measurement how) {
        String name = SubjectNames.withoutInvocations(judgement.name());
        List<Finding> findings = findings();
        List<DeviceBuffer> charged = left.stream()
                .filter(buffer -> findings.stream()
                        .anyMatch(finding -> finding.device() == buffer.device() && finding.kind() == buffer.kind()))
                .toList();
        run.ledger().settle(name, charged);
        if (!run.tracker().knowsBuffers()) {
            findings.stream()
                    .filter(this::isOpen)
                    .forEach(finding -> run.ledger().charge(finding.device(), finding.kind(), finding.left()));
        }
        List<String> notes = new ArrayList<>();
        if (!leftOut.isEmpty()) {
            notes.add("repetitions that failed or were aborted are left out: " + String.join(", ", leftOut));
        }
        AllocationNotes.add(charged, run.settings().sites(), notes);
        LeakReport report = new LeakReport(
                new Subject(name, false, startedAtNanos),
                findings,
                charged,
                Map.of(),
                List.of(),
                CacheRelease.NO_DEVICE,
                notes,
                List.of(),
                "",
                how,
                new DumpFiles(run).write(name, notes));
        return new DeviceMemoryLeakError(
                report, GrowthText.render(report, grown, judgement.rules().baseline()));
    }

    /** What a baseline on the method lets pass was settled with each repetition. */
    private boolean isOpen(Finding finding) {
        return judgement
                .rules()
                .baseline()
                .allowed(finding.device(), finding.kind())
                .scope()
                .filter(scope -> scope == BaselineScope.METHOD)
                .isEmpty();
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
                growth.device(),
                growth.kind(),
                after - left,
                after,
                left,
                judgement
                        .rules()
                        .baseline()
                        .allowed(growth.device(), growth.kind())
                        .bytes(),
                Verdict.GREW);
    }
}
