package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Enters into the ledger what a judgement found, so that nothing is charged twice: what fails is settled, and so is
 * what a waiver, or a baseline of the subject's own, lets pass. The rest stays open for the class.
 */
record Charging(Run run, Subject subject, Rules rules) {

    /** Enters what was found, and returns which tests left what a class is charged with, a sentence each. */
    List<String> settle(SnapshotDiff residue, List<Finding> findings) {
        Ledger ledger = run.ledger();
        List<String> holders = subject.wholeClass() ? holders(residue, findings) : List.of();
        ledger.left(subject, residue.left());
        for (Finding finding : findings) {
            if (rules.settles(finding, subject.wholeClass())) {
                long inTotals = run.tracker().knowsBuffers(finding.pool())
                        ? Math.min(residue.leftInTotals(finding.pool()), finding.left())
                        : finding.left();
                if (inTotals > 0) {
                    ledger.charge(finding.pool(), inTotals);
                }
                ledger.settle(
                        subject, residue.left().stream().filter(finding::covers).toList());
            }
        }
        run.late().during(subject, residue.released());
        if (!subject.wholeClass() && !run.tracker().knowsBuffers()) {
            ledger.fell(KnownInTotals.fallen(residue, run.tracker()));
        }
        return holders;
    }

    /** Returns whether references that were added to earlier memory hold some of what leaked. */
    boolean viewsAdded(SnapshotDiff residue, List<Finding> findings) {
        return leaked(residue, findings).stream()
                .anyMatch(buffer -> buffer.referenceTo() != 0
                        || !run.ledger().holdersOfReferences(buffer).isEmpty());
    }

    /** Returns the buffers of the findings that leaked. */
    static List<DeviceBuffer> leaked(SnapshotDiff residue, List<Finding> findings) {
        return residue.left().stream()
                .filter(buffer -> findings.stream()
                        .anyMatch(finding -> finding.verdict() == Verdict.LEAKED && finding.covers(buffer)))
                .toList();
    }

    private List<String> holders(SnapshotDiff residue, List<Finding> findings) {
        Map<Subject, Long> holders = new LinkedHashMap<>();
        Map<Subject, Long> adders = new LinkedHashMap<>();
        for (DeviceBuffer buffer : leaked(residue, findings)) {
            run.ledger().holder(buffer).ifPresent(holder -> holders.merge(holder, buffer.size(), ByteSize::sum));
            run.ledger()
                    .holdersOfReferences(buffer)
                    .forEach(holder -> adders.merge(holder, buffer.size(), ByteSize::sum));
        }
        return Stream.concat(
                        sentences(holders, " of it were left by ", ""),
                        sentences(adders, " of it have a further reference that ", " added; deallocate the view"))
                .toList();
    }

    private static Stream<String> sentences(Map<Subject, Long> bytes, String before, String after) {
        return bytes.entrySet().stream()
                .map(entry -> ByteSize.format(entry.getValue())
                        + before
                        + entry.getKey().name()
                        + after)
                .sorted();
    }
}
