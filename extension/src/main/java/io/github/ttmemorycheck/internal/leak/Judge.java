package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Compares what was left with what is allowed. Stateless. */
public final class Judge {

    private Judge() {}

    /**
     * Judges what was left between two moments, less what was charged to another test in between.
     *
     * @param diff what changed between them; where it knows buffers, it must be without those charged elsewhere
     * @param devices the devices to look at
     * @param baseline what may be left
     * @param charged what was charged elsewhere; subtracted from what the diff knows in totals
     * @return a finding for every device looked at and every kind of memory that was there, was left or is allowed, and
     *     one for DRAM in any case; by device, then by kind
     */
    public static List<Finding> judge(
            SnapshotDiff diff, IntPredicate devices, Baseline baseline, MemoryTotals charged) {
        MemoryTotals left = diff.leftTotals();
        List<Finding> findings = new ArrayList<>();
        for (int device : left.devices()) {
            if (!devices.test(device)) {
                continue;
            }
            for (MemoryKind kind : MemoryKind.values()) {
                MemoryPool pool = new MemoryPool(device, kind);
                long elsewhere = charged.of(pool) == 0 ? 0 : Math.min(charged.of(pool), diff.leftInTotals(pool));
                Finding finding = finding(diff, pool, left.of(pool) - elsewhere, baseline);
                if (kind == MemoryKind.DRAM || saysSomething(finding)) {
                    findings.add(finding);
                }
            }
        }
        return List.copyOf(findings);
    }

    private static Finding finding(SnapshotDiff diff, MemoryPool pool, long left, Baseline baseline) {
        long allowed = baseline.allowed(pool);
        Verdict verdict = left == 0 ? Verdict.CLEAN : left <= allowed ? Verdict.WITHIN_BASELINE : Verdict.LEAKED;
        long before = diff.before().of(pool.device(), pool.kind());
        long after = diff.after().of(pool.device(), pool.kind());
        return new Finding(pool.device(), pool.kind(), before, after, left, allowed, verdict);
    }

    private static boolean saysSomething(Finding finding) {
        return (finding.before() | finding.after() | finding.left() | finding.allowed()) != 0;
    }
}
