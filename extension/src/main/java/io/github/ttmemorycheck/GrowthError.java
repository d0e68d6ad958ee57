package io.github.ttmemorycheck;

import io.github.ttmemorycheck.leak.Finding;
import io.github.ttmemorycheck.leak.GrowthFinding;
import io.github.ttmemorycheck.leak.GrowthResult;
import io.github.ttmemorycheck.leak.Verdict;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.GrowthText;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the error of a test that grew from repetition to repetition. */
final class GrowthError {

    private GrowthError() {}

    static DeviceMemoryLeakError of(
            String name, List<GrowthResult> grown, List<String> leftOut, Judgement judgement, Run run) {
        Measurement how = new Measurement(Duration.ZERO, 0, "", run.tracker().description());
        Subject subject = new Subject(name, false, 0);
        List<String> notes = leftOut.isEmpty()
                ? List.of()
                : List.of("repetitions that failed or were aborted are left out: " + String.join(", ", leftOut));
        LeakReport report = new LeakReport(
                subject,
                findings(grown, judgement),
                List.of(),
                Map.of(),
                List.of(),
                CacheRelease.NO_DEVICE,
                notes,
                how,
                Optional.empty());
        return new DeviceMemoryLeakError(report, GrowthText.render(subject, grown, judgement.baseline(), notes, how));
    }

    private static List<Finding> findings(List<GrowthResult> grown, Judgement judgement) {
        return grown.stream()
                .filter(GrowthFinding.class::isInstance)
                .map(GrowthFinding.class::cast)
                .map(growth -> finding(growth, judgement))
                .toList();
    }

    /** What grew in the repetitions that count, as a finding: from what was held before them to what is held after. */
    private static Finding finding(GrowthFinding growth, Judgement judgement) {
        List<Long> held = growth.heldAfter();
        long after = held.get(held.size() - 1);
        long left = growth.judged().stream().mapToLong(Long::longValue).sum();
        return new Finding(
                growth.device(),
                growth.kind(),
                after - left,
                after,
                left,
                judgement.baseline().allowed(growth.device(), growth.kind()).bytes(),
                Verdict.GREW);
    }
}
