package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;

/**
 * One check that was carried out. Kept for each test of a run, so it holds as little as it can.
 *
 * @param startNanos when it was marked, on the clock of {@link System#nanoTime()}
 * @param endNanos when it was judged, on the same clock
 * @param verdict the worst of the findings; inconclusive when it could not be measured
 * @param findings what was left, without what is clean
 * @param before what was allocated when it was marked
 * @param after what was allocated when it was judged
 * @param cache what the program caches held
 * @param notes what else is worth knowing, a sentence each
 */
public record CheckEntry(
        Subject subject,
        long startNanos,
        long endNanos,
        TestResult result,
        Verdict verdict,
        List<Finding> findings,
        MemoryTotals before,
        MemoryTotals after,
        CacheRelease cache,
        CheckCost cost,
        List<String> notes) {

    /** What became of a test by itself, before its memory was judged. */
    public enum TestResult {
        /** It ran to its end. */
        PASSED,
        /** It threw something. */
        FAILED,
        /** An assumption did not hold. */
        ABORTED
    }
}
