package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.diagnosis.Diagnoses;
import io.github.ttmemorycheck.internal.diagnosis.Evidence;
import io.github.ttmemorycheck.internal.diagnosis.Fingerprint;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes the error of a test or class that left more than is allowed, with all that is known about it. */
final class LeakError {

    private final Run run;
    private final ExtensionContext context;
    private final String name;

    LeakError(Run run, ExtensionContext context, String name) {
        this.run = run;
        this.context = context;
        this.name = name;
    }

    /**
     * Makes the error, and writes the dump.
     *
     * @param mark since when it was measured
     * @param measured what was left
     * @param findings what was found in it
     * @param cache what was found in the program caches
     * @param seenBefore after how many earlier tests the same small set of L1 was left, by device
     * @param notes what else is worth knowing; what is found out here is added
     */
    DeviceMemoryLeakError of(
            MemoryTracker.Mark mark,
            ResidueMeter.Residue measured,
            List<Finding> findings,
            CacheRelease cache,
            Map<Integer, Integer> seenBefore,
            List<String> notes) {
        SnapshotDiff residue = measured.residue();
        List<DeviceBuffer> leaked = Judgement.charged(residue, findings);
        boolean wholeClass = context.getTestMethod().isEmpty();
        boolean factory = AnnotationSupport.isAnnotated(context.getTestMethod(), TestFactory.class);
        if (factory) {
            notes.add("a @TestFactory is judged as a whole: JUnit lets no extension into its dynamic tests");
        }
        notes.addAll(ProcessNotes.risen(residue.processes(), run.processes()));
        notes.addAll(AllocationNotes.of(leaked, run.settings().sites()));
        Optional<String> dump = new DumpFiles(run).write(name, notes);
        Evidence evidence = new Evidence(
                wholeClass,
                findings,
                leaked,
                run.tracker().freedSince(mark),
                cache,
                residue.ended(),
                measured.late(),
                List.of(),
                MemoryTotals.NONE,
                seenBefore);
        return new DeviceMemoryLeakError(new LeakReport(
                SubjectNames.subject(context),
                mark.takenAtNanos(),
                findings,
                leaked,
                run.processes().named(residue.commands(), residue.left()),
                ended(residue),
                cache,
                notes,
                Diagnoses.of(evidence),
                Fingerprint.of(SubjectNames.qualified(context, name), evidence),
                measured.how(),
                dump));
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
