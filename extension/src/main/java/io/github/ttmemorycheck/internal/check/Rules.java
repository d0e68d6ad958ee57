package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.BaselineScope;
import io.github.ttmemorycheck.internal.leak.Judge;
import io.github.ttmemorycheck.internal.leak.Waivers;
import io.github.ttmemorycheck.internal.settings.CacheMode;
import io.github.ttmemorycheck.internal.settings.Settings;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * What a test or class is judged by. The same for all repetitions of a test, so that annotations are read once for a
 * method and not for each of its invocations.
 *
 * @param stated what annotations and code state
 * @param baseline what may be left, from these, the recorded baseline and the configuration
 */
public record Rules(Stated stated, Baseline baseline) {

    /** What most tests leave; nothing has to be looked up for it. */
    private static final Waivers NOTHING_LEFT = new Waivers(List.of(), Set.of(), List.of());

    CheckAttributes attributes() {
        return stated.attributes();
    }

    /** Returns these rules with program caches that are cleared after each test, whatever is stated or set. */
    public Rules clearingAfterEach() {
        return new Rules(stated.clearingAfterEach(), baseline);
    }

    /** Returns whether the program caches are left as they are until the tests of the class are through. */
    boolean staysWarm(Settings settings) {
        return attributes().warmCaches().orElseGet(() -> settings.cache() == CacheMode.CLASS);
    }

    /**
     * Judges what was left by the baseline and the waivers.
     *
     * @param charged what was charged elsewhere, where totals are known alone
     */
    Waivers waived(SnapshotDiff diff, MemoryTotals charged, LocalDate today) {
        return diff.isClean()
                ? NOTHING_LEFT
                : Waivers.apply(Judge.judge(diff, attributes().devices(), baseline, charged), stated.waivers(), today);
    }

    /**
     * Returns whether a finding is settled with the one it is about: charged, waived, or let pass by a baseline that is
     * stated for it alone. Everything else stays open for the class.
     */
    boolean settles(Finding finding, boolean wholeClass) {
        return switch (finding.verdict()) {
            case LEAKED, KNOWN -> true;
            case WITHIN_BASELINE -> wholeClass ? isStatedOnThisClass(finding) : isStatedOnMethod(finding);
            case CLEAN, GREW, INCONCLUSIVE -> false;
        };
    }

    /**
     * Returns whether the baseline that decides about a finding stands on the test method, or was recorded for the
     * test.
     */
    boolean isStatedOnMethod(Finding finding) {
        return baseline.deciding(finding.pool())
                .filter(level -> level.scope() == BaselineScope.METHOD)
                .isPresent();
    }

    private boolean isStatedOnThisClass(Finding finding) {
        return baseline.deciding(finding.pool())
                .filter(stated.onThisClass()::contains)
                .isPresent();
    }
}
