package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.settings.SettingInForce;
import java.time.Instant;
import java.util.List;

/**
 * Everything that one run of tests in one process has to report. Immutable.
 *
 * @param processId the process that the tests ran in
 * @param startedAt when the run began
 * @param startNanos the same moment on the clock of {@link System#nanoTime()}
 * @param complete whether it ran to its end; not when its process was ended from outside
 * @param tracker what tracked the memory, and why; empty when nothing could
 * @param deviceTypes the classes of the devices that were found open, by their names
 * @param checks in the order in which they ended
 * @param failures in the order in which they were found
 * @param moreFailures how many more there were, beyond those that are kept
 * @param moreLateReleases how many more there were, beyond those that are kept
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

    /** Copies the lists. */
    public RunRecord {
        deviceTypes = List.copyOf(deviceTypes);
        settings = List.copyOf(settings);
        checks = List.copyOf(checks);
        failures = List.copyOf(failures);
        lateReleases = List.copyOf(lateReleases);
        waivers = List.copyOf(waivers);
    }

    /** Whether anything was checked, or should have been. */
    public boolean saysSomething() {
        return !failures.isEmpty()
                || checks.stream().anyMatch(check -> check.subject().isTest());
    }
}
