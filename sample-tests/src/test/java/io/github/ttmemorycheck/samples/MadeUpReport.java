package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.internal.runreport.CheckEntry;
import io.github.ttmemorycheck.internal.runreport.Failure;
import io.github.ttmemorycheck.internal.runreport.LateRelease;
import io.github.ttmemorycheck.internal.runreport.LedgerEnd;
import io.github.ttmemorycheck.internal.runreport.ReportFolder;
import io.github.ttmemorycheck.internal.runreport.RunRecord;
import io.github.ttmemorycheck.internal.runreport.WaiverUse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A report of a run that never was. */
record MadeUpReport(
        List<CheckEntry> checks,
        List<Failure> failures,
        List<LateRelease> lateReleases,
        List<WaiverUse> waivers,
        LedgerEnd ledger) {

    private static final Instant START = Instant.parse("2026-07-28T12:00:00Z");

    /** Writes it into a directory, and returns its page. */
    Path into(Path directory) throws IOException {
        ReportFolder folder = new ReportFolder(directory, InstantSource.fixed(START));
        folder.write(
                new RunRecord(
                        ProcessHandle.current().pid(),
                        START,
                        0,
                        true,
                        "made up for a test",
                        List.of("SimulatedMeshDevice"),
                        List.of(),
                        checks,
                        failures,
                        0,
                        lateReleases,
                        0,
                        waivers,
                        ledger),
                1);
        return folder.join().orElseThrow().page().toAbsolutePath();
    }
}
