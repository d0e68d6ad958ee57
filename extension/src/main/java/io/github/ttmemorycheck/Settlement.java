package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.leak.Allowance;
import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.BaselineScope;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.Comparator;
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

    private static final Comparator<Subject> BY_NAME =
            Comparator.comparing(Subject::name).thenComparing(Subject::uniqueId).thenComparing(Subject::scope);

    private final Run run;
    private final ExtensionContext context;
    private final Subject subject;
    private final Baseline baseline;

    Settlement(Run run, ExtensionContext context, Subject subject, Baseline baseline) {
        this.run = run;
        this.context = context;
        this.subject = subject;
        this.baseline = baseline;
    }

    void settle(SnapshotDiff residue, List<Finding> findings, List<String> notes) {
        Ledger ledger = run.ledger();
        boolean wholeClass = context.getTestMethod().isEmpty();
        if (wholeClass) {
            noteHolders(residue, findings, notes);
        }
        ledger.left(subject, residue.left());
        for (Finding finding : findings) {
            if (isSettledBy(finding)) {
                if (!run.tracker().knowsBuffers()) {
                    ledger.charge(finding.device(), finding.kind(), finding.left());
                }
                ledger.settle(
                        subject, residue.left().stream().filter(finding::covers).toList());
            }
        }
        lateReleases(residue);
        if (!wholeClass && !run.tracker().knowsBuffers()) {
            ledger.fell(residue.before().risenSince(residue.after()));
        }
    }

    /** Notes which tests left what a class is charged with. */
    private void noteHolders(SnapshotDiff residue, List<Finding> findings, List<String> notes) {
        Map<Subject, Long> holders = new TreeMap<>(BY_NAME);
        for (DeviceBuffer buffer : Judgement.charged(residue, findings)) {
            run.ledger().holder(buffer).ifPresent(holder -> holders.merge(holder, buffer.size(), Long::sum));
        }
        holders.forEach((holder, bytes) -> notes.add(ByteSize.format(bytes) + " of it were left by " + holder.name()));
    }

    private boolean isSettledBy(Finding finding) {
        if (finding.verdict() != Verdict.WITHIN_BASELINE) {
            return finding.verdict() == Verdict.LEAKED || finding.verdict() == Verdict.KNOWN;
        }
        Allowance allowance = baseline.allowed(finding.device(), finding.kind());
        return context.getTestMethod().isPresent()
                ? allowance.scope().equals(Optional.of(BaselineScope.METHOD))
                : BaselineReader.isStatedOn(allowance.source(), context.getRequiredTestClass());
    }

    private void lateReleases(SnapshotDiff residue) {
        Map<Subject, List<DeviceBuffer>> late = new TreeMap<>(BY_NAME);
        for (DeviceBuffer buffer : residue.released()) {
            run.ledger()
                    .freed(buffer)
                    .ifPresent(holder -> late.computeIfAbsent(holder, unseen -> new ArrayList<>())
                            .add(buffer));
        }
        late.remove(subject);
        late.forEach((holder, freed) -> {
            long bytes = freed.stream().mapToLong(DeviceBuffer::size).sum();
            run.log()
                    .info("late release: " + ByteSize.format(bytes) + " that " + holder.name()
                            + " left were freed during " + subject.name());
            run.recorder().lateRelease(holder, subject, freed);
        });
    }
}
