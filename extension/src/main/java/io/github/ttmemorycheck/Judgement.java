package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.leak.Judge;
import io.github.ttmemorycheck.internal.leak.Waivers;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;

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
     * @param residue what is left, and charged to nobody else
     * @param how how it was measured
     * @param leak what the test fails with, if it does
     * @param findings what was found
     * @param notes what else is worth knowing
     * @param collectedNanos how long garbage collections took that were forced
     */
    record Outcome(
            SnapshotDiff residue,
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
     * @throws io.github.ttmemorycheck.snapshot.TrackerException when it cannot be measured
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
        new Settlement(run, context, SubjectNames.subject(context), rules.baseline()).settle(residue, findings, notes);
        Optional<DeviceMemoryLeakError> leak = Optional.empty();
        if (passes(waived)) {
            log(residue, notes);
        } else {
            leak = Optional.of(
                    new LeakError(run, context, name).of(mark, measured, findings, cache, seenBefore, notes));
        }
        return new Outcome(residue, measured.how(), leak, findings, notes, measured.collectedNanos());
    }

    private void log(SnapshotDiff residue, List<String> notes) {
        run.log().debug(() -> name + ": " + (residue.isClean() ? "clean" : "nothing left that is not allowed"));
        notes.forEach(note -> run.log().info(name + ": " + note));
        residue.ended().forEach(process -> run.log().info(name + ": " + ProcessNotes.ended(process, run.processes())));
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

    /** Returns the buffers of the findings that fail. */
    static List<DeviceBuffer> charged(SnapshotDiff residue, List<Finding> findings) {
        return residue.left().stream()
                .filter(buffer -> findings.stream()
                        .anyMatch(finding -> finding.verdict() == Verdict.LEAKED && finding.covers(buffer)))
                .toList();
    }
}
