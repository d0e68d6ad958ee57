package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.diagnosis.Evidence;
import io.github.ttmemorycheck.internal.leak.Judge;
import io.github.ttmemorycheck.internal.leak.Waivers;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Judges one test or class: measures what it left, holds that against the baseline and the waivers in force, and
 * settles who is charged.
 */
record Judgement(Run run, Subject subject, Rules rules) {

    /** What most tests leave; nothing has to be looked up for it. */
    private static final Waivers NOTHING_LEFT = new Waivers(List.of(), Set.of(), List.of());

    /**
     * What came of it.
     *
     * @param notes what else is worth knowing, a sentence each
     * @param leak what is known about a leak, if there is one
     */
    record Judged(
            ResidueMeter.Residue measured, List<Finding> findings, List<String> notes, Optional<LeakReport> leak) {

        SnapshotDiff residue() {
            return measured.residue();
        }

        Measurement how() {
            return measured.how();
        }
    }

    /**
     * Judges.
     *
     * @param mark since when
     * @param devices the devices that are open when it is asked for
     * @param own takes out of a diff what is charged to others
     * @param charged what is charged to others by totals alone; counts where the diff does not know buffers
     * @param cache what was found in the program caches
     * @param sound whether the test ran to its end by itself
     * @throws io.github.ttmemorycheck.snapshot.TrackerException when it cannot be measured
     */
    Judged judge(
            MemoryTracker.Mark mark,
            Supplier<List<TtDevice>> devices,
            UnaryOperator<SnapshotDiff> own,
            MemoryTotals charged,
            CacheRelease cache,
            boolean sound) {
        ResidueMeter.Residue measured =
                new ResidueMeter(run, subject).measure(devices, mark, own, diff -> passes(waived(diff, charged)));
        SnapshotDiff residue = measured.residue();
        Waivers waived = waived(residue, charged);
        List<Finding> findings = waived.findings();
        Map<Integer, Integer> seenBefore = run.smallSets().note(residue, !subject.wholeClass());
        run.waivers().judged(rules.stated().waivers(), waived, sound);
        if (sound) {
            run.recorded().measured(subject, findings);
        }
        List<String> notes = new ArrayList<>(measured.notes());
        notes.addAll(waived.objections());
        notes.addAll(run.tracker().remarks(mark));
        notes.addAll(new Charging(run, subject, rules).settle(residue, findings));
        if (passes(waived)) {
            log(residue, notes);
            return new Judged(measured, findings, notes, Optional.empty());
        }
        if (subject.scope() == Subject.Scope.FACTORY) {
            notes.add("a @TestFactory is judged as a whole: JUnit lets no extension into its dynamic tests");
        }
        notes.addAll(ProcessNotes.risen(residue.processes(), run.processes()));
        Evidence evidence = new Evidence(
                subject.wholeClass(),
                findings,
                Charging.leaked(residue, findings),
                run.tracker().freedSince(mark),
                cache,
                residue.ended(),
                measured.late(),
                List.of(),
                MemoryTotals.NONE,
                seenBefore);
        Map<Integer, String> commands = run.processes().named(residue.commands(), residue.left());
        LeakReport leak =
                new LeakReports(run, subject).of(evidence, mark.takenAtNanos(), commands, measured.how(), notes);
        return new Judged(measured, findings, leak.notes(), Optional.of(leak));
    }

    private void log(SnapshotDiff residue, List<String> notes) {
        run.log().debug(() -> subject + ": " + (residue.isClean() ? "clean" : "nothing left that is not allowed"));
        notes.forEach(note -> run.log().info(subject + ": " + note));
        residue.ended()
                .forEach(process -> run.log().info(subject + ": " + ProcessNotes.ended(process, run.processes())));
    }

    private Waivers waived(SnapshotDiff diff, MemoryTotals charged) {
        if (diff.isClean()) {
            return NOTHING_LEFT;
        }
        return Waivers.apply(
                Judge.judge(diff, rules.attributes().devices(), rules.baseline(), charged),
                rules.stated().waivers(),
                run.today());
    }

    private static boolean passes(Waivers waived) {
        return waived.findings().stream().noneMatch(finding -> finding.verdict().fails());
    }
}
