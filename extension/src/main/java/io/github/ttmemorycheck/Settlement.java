package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.leak.Allowance;
import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.BaselineScope;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Enters in the ledger what a judgement found, so that nothing is charged twice: what fails is settled, and so is what a waiver, or a
 * baseline stated on the test method, or on this very class, let pass. The rest stays open for the class.
 */
final class Settlement {

    private final Run run;
    private final ExtensionContext context;
    private final String name;
    private final Baseline baseline;

    Settlement(Run run, ExtensionContext context, String name, Baseline baseline) {
        this.run = run;
        this.context = context;
        this.name = name;
        this.baseline = baseline;
    }

    void settle(SnapshotDiff residue, List<Finding> findings, List<String> notes) {
        Ledger ledger = run.ledger();
        boolean wholeClass = context.getTestMethod().isEmpty();
        if (wholeClass) {
            noteHolders(residue, findings, notes);
        }
        ledger.left(name, residue.left());
        for (Finding finding : findings) {
            if (isSettledBy(finding)) {
                if (!run.tracker().knowsBuffers()) {
                    ledger.charge(finding.device(), finding.kind(), finding.left());
                }
                ledger.settle(
                        name, residue.left().stream().filter(finding::covers).toList());
            }
        }
        lateReleases(residue);
        if (!wholeClass && !run.tracker().knowsBuffers()) {
            ledger.fell(residue.before().risenSince(residue.after()));
        }
    }

    /** Notes which tests left what a class is charged with. */
    private void noteHolders(SnapshotDiff residue, List<Finding> findings, List<String> notes) {
        Map<String, Long> holders = new TreeMap<>();
        for (DeviceBuffer buffer : Judgement.charged(residue, findings)) {
            run.ledger().holder(buffer).ifPresent(holder -> holders.merge(holder, buffer.size(), Long::sum));
        }
        holders.forEach((holder, bytes) -> notes.add(ByteSize.format(bytes) + " of it were left by " + holder));
    }

    private boolean isSettledBy(Finding finding) {
        if (finding.verdict() != Verdict.WITHIN_BASELINE) {
            return finding.verdict() == Verdict.LEAKED || finding.verdict() == Verdict.KNOWN;
        }
        Allowance allowance = baseline.allowed(finding.pool());
        return context.getTestMethod().isPresent()
                ? allowance.scope().equals(Optional.of(BaselineScope.METHOD))
                : BaselineReader.isStatedOn(allowance.source(), context.getRequiredTestClass());
    }

    private void lateReleases(SnapshotDiff residue) {
        Map<String, List<DeviceBuffer>> late = new TreeMap<>();
        for (DeviceBuffer buffer : residue.released()) {
            run.ledger()
                    .freed(buffer)
                    .ifPresent(holder -> late.computeIfAbsent(holder, unseen -> new ArrayList<>())
                            .add(buffer));
        }
        late.remove(name);
        late.forEach((holder, freed) -> {
            long bytes = freed.stream().mapToLong(DeviceBuffer::size).sum();
            run.log()
                    .info("late release: " + ByteSize.format(bytes) + " that " + holder + " left were freed during "
                            + name);
            run.recorder().lateRelease(holder, name, freed);
        });
    }
}
