package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Holds what was left against what is allowed. Stateless. */
public final class Judge {

    private Judge() {}

    /**
     * Judges what was left between two moments.
     *
     * @param diff what changed between them
     * @param devices the devices to look at
     * @param baseline what may be left
     * @return a finding for every device looked at and every kind of memory that was there, was left or is allowed, and one
     *     for DRAM in any case; by device, then by kind
     */
    public static List<Finding> judge(SnapshotDiff diff, IntPredicate devices, Baseline baseline) {
        return judge(diff, devices, baseline, MemoryTotals.NONE);
    }

    /**
     * Judges what was left between two moments, less what was charged to somebody else in between.
     *
     * @param diff what changed between them; where it knows buffers, it must be without those charged elsewhere
     * @param devices the devices to look at
     * @param baseline what may be left
     * @param charged what was charged elsewhere; subtracted where the diff knows only totals
     * @return as {@link #judge(SnapshotDiff, IntPredicate, Baseline)} does
     */
    public static List<Finding> judge(
            SnapshotDiff diff, IntPredicate devices, Baseline baseline, MemoryTotals charged) {
        MemoryTotals left = diff.leftTotals();
        MemoryTotals elsewhere = diff.buffersKnown() ? MemoryTotals.NONE : charged;
        List<Finding> findings = new ArrayList<>();
        for (int device : left.devices()) {
            if (!devices.test(device)) {
                continue;
            }
            for (MemoryKind kind : MemoryKind.values()) {
                long remaining = Math.max(0, left.of(device, kind) - elsewhere.of(device, kind));
                Finding finding = finding(
                        diff,
                        device,
                        kind,
                        remaining,
                        baseline.allowed(device, kind).bytes());
                if (kind == MemoryKind.DRAM || saysSomething(finding)) {
                    findings.add(finding);
                }
            }
        }
        return List.copyOf(findings);
    }

    private static Finding finding(SnapshotDiff diff, int device, MemoryKind kind, long left, long allowed) {
        Verdict verdict = left == 0 ? Verdict.CLEAN : left <= allowed ? Verdict.WITHIN_BASELINE : Verdict.LEAKED;
        return new Finding(
                device, kind, diff.before().of(device, kind), diff.after().of(device, kind), left, allowed, verdict);
    }

    private static boolean saysSomething(Finding finding) {
        return (finding.before() | finding.after() | finding.left() | finding.allowed()) != 0;
    }
}
