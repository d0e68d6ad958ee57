package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.leak.Judge;
import io.github.ttmemorycheck.internal.leak.Waivers;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.List;
import java.util.Map;

/**
 * A test whose verdict was put off until the class's caches are cleared. What its own baselines and waivers let pass
 * then is not charged to the class.
 */
record PutOff(Subject subject, Rules rules) {

    /** Settles what may stay of what the test left, with its buffers among those that the class's mark shows as left. */
    void settle(Run run, SnapshotDiff stayed) {
        List<DeviceBuffer> own = stayed.left().stream()
                .filter(buffer ->
                        run.ledger().holder(buffer).filter(subject::equals).isPresent())
                .toList();
        if (own.isEmpty()) {
            return;
        }
        Waivers waived = Waivers.apply(
                Judge.judge(
                        stayed.withLeft(stayed.after(), own, Map.of()),
                        rules.attributes().devices(),
                        rules.baseline(),
                        MemoryTotals.NONE),
                rules.stated().waivers(),
                run.today());
        run.waivers().judged(rules.stated().waivers(), waived, false);
        for (Finding finding : waived.findings()) {
            if (finding.verdict() != Verdict.LEAKED && rules.settles(finding, false)) {
                run.ledger()
                        .settle(subject, own.stream().filter(finding::covers).toList());
            }
        }
    }
}
