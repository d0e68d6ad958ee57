package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.diagnosis.Evidence;
import io.github.ttmemorycheck.internal.leak.Waivers;
import io.github.ttmemorycheck.internal.text.Wording;
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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Checks what one test or class left: measures it, holds it against the baseline and the waivers in force, and charges
 * whose it is.
 *
 * @param beside the names of what was checked at the same time
 * @param before the devices that were known when the subject began
 */
record ResidueCheck(Run run, Subject subject, Rules rules, List<String> beside, DevicesBefore before) {

    private static final int MOST_NAMES = 3;

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
     * @param known the open devices and the named caches when it is asked for
     * @param own takes out of a diff what is charged to others
     * @param charged what is charged to others by totals alone; counts where the diff does not know buffers
     * @param cache what was found in the program caches
     * @param sound whether the test ran to its end by itself
     * @param growing whether what it left may still count as growth, with that of its other repetitions
     * @throws io.github.ttmemorycheck.snapshot.TrackerException when it cannot be measured
     */
    Judged judge(
            MemoryTracker.Mark mark,
            Supplier<Clearables> known,
            UnaryOperator<SnapshotDiff> own,
            MemoryTotals charged,
            CacheRelease cache,
            boolean sound,
            BooleanSupplier growing) {
        ResidueMeter.Residue measured = new ResidueMeter(run, subject)
                .measure(
                        known,
                        !rules.staysWarm(run.settings()),
                        mark,
                        own,
                        diff -> passes(waived(diff, charged)),
                        growing);
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
        notes.addAll(FreeNotes.of(residue));
        notes.addAll(CacheNotes.of(cache));
        notes.addAll(ReferenceNotes.of(residue, findings, run.ledger()));
        Charging charging = new Charging(run, subject, rules);
        notes.addAll(charging.settle(residue, findings));
        if (passes(waived)) {
            log(residue, notes);
            return new Judged(measured, findings, notes, Optional.empty());
        }
        notes.addAll(0, besideNotes());
        if (subject.scope() == Subject.Scope.FACTORY) {
            notes.add("a @TestFactory is judged as a whole: JUnit lets no extension into its dynamic tests");
        }
        notes.addAll(ProcessNotes.risen(residue.processes(), run.processes()));
        run.sayWhatIsAbsent();
        Clearables atEnd = known.get();
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
                seenBefore,
                charging.viewsAdded(residue, findings),
                atEnd.closed().size(),
                subject.wholeClass() ? List.of() : before.openedBy(atEnd));
        Map<Integer, String> commands = run.processes().named(residue.commands(), residue.left());
        LeakReport leak = new LeakReports(run, subject)
                .of(evidence, mark.takenAtNanos(), commands, measured.how().beside(beside), notes);
        return new Judged(measured, findings, leak.notes(), Optional.of(leak));
    }

    /**
     * Puts off what a subject left while warm caches gained programs: it may be theirs. The ledger knows who left it;
     * what stays once they are cleared is judged with the class. Garbage is collected as for any other: freed in a
     * later test, it would hide what that one leaves where only totals are known.
     */
    Judged putOff(MemoryTracker.Mark mark, Supplier<Clearables> known, UnaryOperator<SnapshotDiff> own) {
        ResidueMeter.Residue measured =
                new ResidueMeter(run, subject).measure(known, false, mark, own, any -> true, () -> false);
        SnapshotDiff residue = measured.residue();
        run.ledger().left(subject, residue.left());
        if (!residue.left().isEmpty()) {
            run.ledger().putOff(new PutOff(subject, rules));
        }
        run.late().during(subject, residue.released());
        List<String> notes = new ArrayList<>(measured.notes());
        if (!residue.isClean()) {
            notes.add("what it left is judged with the class: its program caches stay warm, and gained programs");
        }
        log(residue, notes);
        return new Judged(measured, List.of(), notes, Optional.empty());
    }

    private List<String> besideNotes() {
        if (beside.isEmpty()) {
            return List.of();
        }
        int more = beside.size() - MOST_NAMES;
        List<String> names = new ArrayList<>(beside.subList(0, Math.min(MOST_NAMES, beside.size())));
        if (more > 0) {
            names.add(Wording.number(more) + " more");
        }
        boolean one = beside.size() == 1;
        return List.of(Wording.list(names) + (one ? " was" : " were") + " checked at the same time, and what "
                + (one ? "it" : "they") + " allocated cannot be told from what this "
                + (subject.wholeClass() ? "class" : "test")
                + " did; @ResourceLock(TtMemoryCheck.DEVICE_MEMORY) on the classes keeps them apart");
    }

    private void log(SnapshotDiff residue, List<String> notes) {
        run.log().debug(() -> subject + ": " + (residue.isClean() ? "clean" : "nothing left that is not allowed"));
        notes.forEach(note -> run.log().info(subject + ": " + note));
        residue.ended()
                .forEach(process -> run.log().info(subject + ": " + ProcessNotes.ended(process, run.processes())));
    }

    private Waivers waived(SnapshotDiff diff, MemoryTotals charged) {
        return rules.waived(diff, charged, run.today());
    }

    private static boolean passes(Waivers waived) {
        return waived.findings().stream().noneMatch(finding -> finding.verdict().fails());
    }
}
