package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.List;

/** Sentences about references that were added to memory which was there before, and not given back. */
final class ReferenceNotes {

    private static final int MOST = 5;

    private ReferenceNotes() {}

    static List<String> of(SnapshotDiff residue, List<Finding> findings, Ledger ledger) {
        return residue.left().stream()
                .filter(buffer -> buffer.referenceTo() != 0)
                .filter(buffer -> findings.stream()
                        .anyMatch(finding -> finding.verdict() == Verdict.LEAKED && finding.covers(buffer)))
                .limit(MOST)
                .map(buffer -> text(buffer, ledger))
                .toList();
    }

    private static String text(DeviceBuffer reference, Ledger ledger) {
        String whose = ledger.holder(reference.referenceTo())
                .map(Subject::name)
                .map(name -> "was left by " + name)
                .orElse("was allocated before");
        return ByteSize.format(reference.size()) + " at 0x" + Long.toHexString(reference.address()) + " on device "
                + reference.device() + " " + whose
                + "; a further reference was added to it and not given back: deallocate the view";
    }
}
