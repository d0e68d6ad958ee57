package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.settings.SettingInForce;
import java.time.Instant;
import java.util.List;

/**
 * Everything that one run of tests in one process has to report.
 *
 * @param startNanos {@code startedAt} on the clock of {@link System#nanoTime()}
 * @param complete whether it ran to its end; not when its process was ended from outside
 * @param tracker what tracked the memory, and why; empty when nothing could
 * @param deviceTypes the classes of the devices that were found open, by their binary names
 * @param checks in the order in which they ended
 * @param failures in the order in which they were found
 * @param moreFailures how many were not kept; {@code moreLateReleases} likewise
 */
public record RunRecord(
        long processId,
        Instant startedAt,
        long startNanos,
        boolean complete,
        String tracker,
        List<String> deviceTypes,
        List<SettingInForce> settings,
        List<CheckEntry> checks,
        List<Failure> failures,
        int moreFailures,
        List<LateRelease> lateReleases,
        int moreLateReleases,
        List<WaiverUse> waivers,
        LedgerEnd ledger) {

    /** Whether anything was checked, or should have been. */
    public boolean saysSomething() {
        return !failures.isEmpty()
                || checks.stream().anyMatch(check -> check.subject().isTest());
    }
}
