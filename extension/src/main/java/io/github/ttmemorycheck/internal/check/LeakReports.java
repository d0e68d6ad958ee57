package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.diagnosis.Diagnoses;
import io.github.ttmemorycheck.internal.diagnosis.Evidence;
import io.github.ttmemorycheck.internal.diagnosis.Fingerprint;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the report of a test or class that left more than is allowed, with all that is known about it. */
final class LeakReports {

    private final Run run;
    private final Subject subject;

    LeakReports(Run run, Subject subject) {
        this.run = run;
        this.subject = subject;
    }

    /**
     * Makes the report, and writes the dump.
     *
     * @param mark since when it was measured
     * @param measured what was left
     * @param findings what was found in it
     * @param cache what was found in the program caches
     * @param seenBefore after how many earlier tests the same small set of L1 was left, by device
     * @param notes what is worth knowing so far, a sentence each
     */
    LeakReport of(
            MemoryTracker.Mark mark,
            ResidueMeter.Residue measured,
            List<Finding> findings,
            CacheRelease cache,
            Map<Integer, Integer> seenBefore,
            List<String> notes) {
        SnapshotDiff residue = measured.residue();
        List<DeviceBuffer> leaked = Charging.leaked(residue, findings);
        DumpFile dump = DumpFile.write(subject, run.tracker(), run.settings().reportDirectory(), run.log());
        List<String> all = new ArrayList<>(notes);
        if (subject.scope() == Subject.Scope.FACTORY) {
            all.add("a @TestFactory is judged as a whole: JUnit lets no extension into its dynamic tests");
        }
        all.addAll(ProcessNotes.risen(residue.processes(), run.processes()));
        all.addAll(AllocationNotes.of(leaked, run.settings().sites()));
        all.addAll(dump.notes());
        Evidence evidence = new Evidence(
                subject.wholeClass(),
                findings,
                leaked,
                run.tracker().freedSince(mark),
                cache,
                residue.ended(),
                measured.late(),
                List.of(),
                MemoryTotals.NONE,
                seenBefore);
        return new LeakReport(
                subject,
                mark.takenAtNanos(),
                findings,
                leaked,
                run.processes().named(residue.commands(), residue.left()),
                ended(residue),
                cache,
                all,
                Diagnoses.of(evidence),
                Fingerprint.of(subject.qualifiedName(), evidence),
                measured.how(),
                dump.path());
    }

    private List<EndedProcess> ended(SnapshotDiff residue) {
        return residue.ended().stream()
                .map(process -> new EndedProcess(
                        process.processId(),
                        run.processes().named(process.processId(), process.command()),
                        process.buffers(),
                        process.held()))
                .toList();
    }
}
