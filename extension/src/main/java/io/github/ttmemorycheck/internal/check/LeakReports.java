package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.diagnosis.Diagnoses;
import io.github.ttmemorycheck.internal.diagnosis.Evidence;
import io.github.ttmemorycheck.internal.diagnosis.Fingerprint;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the report of a test or class that left more than is allowed, or grew, with all that is known about it. */
record LeakReports(Run run, Subject subject) {

    /**
     * Makes the report, and writes the dump.
     *
     * @param startedAtNanos when the subject began
     * @param commands the command line of each process that owns a buffer, where it is known
     * @param how how it was measured
     * @param known what is worth knowing so far, a sentence each
     */
    LeakReport of(
            Evidence evidence,
            long startedAtNanos,
            Map<Integer, String> commands,
            Measurement how,
            List<String> known) {
        DumpFile dump = DumpFile.write(subject, run.tracker(), run.settings().reportDirectory(), run.log());
        List<String> notes = new ArrayList<>(known);
        notes.addAll(AllocationNotes.of(evidence.buffers(), run.settings().sites()));
        notes.addAll(dump.notes());
        return new LeakReport(
                subject,
                startedAtNanos,
                evidence.findings(),
                evidence.buffers(),
                commands,
                evidence.ended().stream().map(this::named).toList(),
                evidence.cache(),
                notes,
                Diagnoses.of(evidence),
                Fingerprint.of(subject, evidence),
                how,
                dump.path());
    }

    private EndedProcess named(EndedProcess ended) {
        String command = run.processes().named(ended.processId(), ended.command());
        return new EndedProcess(ended.processId(), command, ended.buffers(), ended.held());
    }
}
