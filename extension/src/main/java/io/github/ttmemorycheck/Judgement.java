package io.github.ttmemorycheck;

import io.github.ttmemorycheck.diagnosis.Diagnoses;
import io.github.ttmemorycheck.diagnosis.Evidence;
import io.github.ttmemorycheck.diagnosis.Fingerprint;
import io.github.ttmemorycheck.leak.CacheRelease;
import io.github.ttmemorycheck.leak.Finding;
import io.github.ttmemorycheck.leak.Judge;
import io.github.ttmemorycheck.leak.Verdict;
import io.github.ttmemorycheck.leak.Waivers;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.tracker.MemoryTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Judges one test or class: measures what it left, holds that against the baseline and the waivers in force, and settles
 * who is charged.
 */
final class Judgement {

    /** What most tests leave; nothing has to be looked up for it. */
    private static final Waivers NOTHING_LEFT = new Waivers(List.of(), Set.of(), List.of());

    private final Run run;
    private final ExtensionContext context;
    private final String name;
    private final Rules rules;

    /**
     * What came of it.
     *
     * @param held what is allocated in all after the test
     * @param left the buffers that it left, where buffers are known
     * @param how how it was measured
     * @param leak what the test fails with, if it does
     * @param findings what was found
     * @param notes what else is worth knowing
     * @param collectedNanos how long garbage collections took that were forced
     */
    record Outcome(
            MemoryTotals held,
            List<DeviceBuffer> left,
            Measurement how,
            Optional<DeviceMemoryLeakError> leak,
            List<Finding> findings,
            List<String> notes,
            long collectedNanos) {}

    /** Reads the annotations in force; a mistake in them is thrown here, before the test runs. */
    Judgement(Run run, ExtensionContext context, CheckConfiguration code) {
        this.run = run;
        this.context = context;
        this.name = SubjectNames.of(context);
        this.rules = run.rules(context, code);
    }

    String name() {
        return name;
    }

    Rules rules() {
        return rules;
    }

    /**
     * Judges.
     *
     * @param mark since when
     * @param own takes out of a diff what is charged to others
     * @param charged what is charged to others by totals alone; counts where the diff does not know buffers
     * @param cache what was found in the program caches
     * @param sound whether the test ran to its end by itself
     * @throws io.github.ttmemorycheck.tracker.TrackerException when it cannot be measured
     */
    Outcome judge(
            MemoryTracker.Mark mark,
            UnaryOperator<SnapshotDiff> own,
            MemoryTotals charged,
            CacheRelease cache,
            boolean sound) {
        ResidueMeter.Residue measured =
                new ResidueMeter(run, Pause.SYSTEM).measure(context, mark, own, diff -> passes(waived(diff, charged)));
        SnapshotDiff residue = measured.residue();
        Waivers waived = waived(residue, charged);
        List<Finding> findings = waived.findings();
        Map<Integer, Integer> seenBefore =
                run.smallSets().note(residue, context.getTestMethod().isPresent());
        List<String> notes = new ArrayList<>(measured.notes());
        notes.addAll(waived.objections());
        run.waivers().judged(rules.waivers(), waived, sound);
        if (sound) {
            run.recorded().measured(context, findings);
        }
        new Settlement(run, context, name, rules.baseline()).settle(residue, findings, notes);
        MemoryTotals held = residue.after();
        if (passes(waived)) {
            run.log().debug(() -> name + ": " + (residue.isClean() ? "clean" : "nothing left that is not allowed"));
            notes.forEach(note -> run.log().info(name + ": " + note));
            residue.ended()
                    .forEach(process -> run.log().info(name + ": " + ProcessNotes.ended(process, run.processes())));
            return new Outcome(
                    held, residue.left(), measured.how(), Optional.empty(), findings, notes, measured.collectedNanos());
        }
        if (isFactory()) {
            notes.add("a @TestFactory is judged as a whole: JUnit lets no extension into its dynamic tests");
        }
        notes.addAll(ProcessNotes.risen(residue.processes(), run.processes()));
        AllocationNotes.add(charged(residue, findings), run.settings().sites(), notes);
        Optional<String> dump = new DumpFiles(run).write(name, notes);
        List<DeviceBuffer> leaked = charged(residue, findings);
        Evidence evidence = new Evidence(
                context.getTestMethod().isEmpty(),
                findings,
                leaked,
                run.tracker().freedSince(mark),
                cache,
                residue.ended(),
                measured.late(),
                List.of(),
                MemoryTotals.NONE,
                seenBefore);
        return new Outcome(
                held,
                residue.left(),
                measured.how(),
                Optional.of(new DeviceMemoryLeakError(new LeakReport(
                        new Subject(
                                isFactory() ? name + " as a whole" : name,
                                context.getTestMethod().isEmpty(),
                                mark.takenAtNanos()),
                        findings,
                        leaked,
                        named(residue),
                        residue.ended().stream()
                                .map(process -> new EndedProcess(
                                        process.processId(),
                                        run.processes().named(process.processId(), process.command()),
                                        process.buffers(),
                                        process.held()))
                                .toList(),
                        cache,
                        notes,
                        Diagnoses.of(evidence),
                        Fingerprint.of(SubjectNames.qualified(context, name), evidence),
                        measured.how(),
                        dump))),
                findings,
                notes,
                measured.collectedNanos());
    }

    private boolean isFactory() {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), TestFactory.class);
    }

    private Waivers waived(SnapshotDiff diff, MemoryTotals charged) {
        if (diff.isClean()) {
            return NOTHING_LEFT;
        }
        return Waivers.apply(
                Judge.judge(diff, rules.attributes().devices(), rules.baseline(), charged),
                rules.waivers(),
                run.today());
    }

    private static boolean passes(Waivers waived) {
        return waived.findings().stream().noneMatch(finding -> finding.verdict().fails());
    }

    /** Returns the owners of what is left with their commands, and whether each belongs to this run. */
    private Map<Integer, String> named(SnapshotDiff residue) {
        Set<Integer> owners = new TreeSet<>();
        residue.left().forEach(buffer -> owners.add(buffer.processId()));
        return run.processes().named(residue.commands(), owners);
    }

    /** Returns the buffers of the findings that fail. */
    static List<DeviceBuffer> charged(SnapshotDiff residue, List<Finding> findings) {
        return residue.left().stream()
                .filter(buffer -> findings.stream()
                        .anyMatch(finding -> finding.verdict() == Verdict.LEAKED
                                && finding.device() == buffer.device()
                                && finding.kind() == buffer.kind()))
                .toList();
    }
}
