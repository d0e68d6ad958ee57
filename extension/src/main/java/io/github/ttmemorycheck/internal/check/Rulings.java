package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.leak.GrowthResult;
import io.github.ttmemorycheck.internal.leak.Waiver;
import io.github.ttmemorycheck.internal.message.Inconclusive;
import io.github.ttmemorycheck.internal.message.InconclusiveText;
import io.github.ttmemorycheck.internal.message.Sides;
import io.github.ttmemorycheck.internal.message.TextReport;
import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.internal.runreport.Failure.Kind;
import io.github.ttmemorycheck.internal.settings.DoubleFree;
import io.github.ttmemorycheck.internal.settings.Mode;
import io.github.ttmemorycheck.internal.settings.OnInconclusive;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.FreeFault;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.List;
import java.util.Optional;

/**
 * Makes rulings as the settings, and the test's own outcome, ask for: a test that was aborted is only warned.
 *
 * @param outcome what became of the subject by itself
 */
record Rulings(Run run, Subject subject, TestResult outcome) {

    Ruling leak(LeakReport report) {
        return leak(Kind.LEAK, report, TextReport.render(report), Sides.ofLeak(report));
    }

    Ruling growth(LeakReport report, String message, List<GrowthResult> grown) {
        return leak(Kind.GROWTH, report, message, Sides.ofGrowth(grown));
    }

    private Ruling leak(Kind kind, LeakReport report, String message, Sides sides) {
        return new Ruling(
                subject,
                kind,
                message,
                fails(),
                Optional.of(report),
                sides.expected(),
                sides.actual(),
                Optional.empty());
    }

    /**
     * Rules on waivers of which some have no leak any more.
     *
     * @param whole whether all that they cover ran to its end; else they may be needed by what did not
     */
    List<Ruling> waiversGone(List<Waiver> waivers, boolean whole) {
        if (!whole) {
            run.waivers().ranInPart(waivers);
            return List.of();
        }
        return run
                .waivers()
                .gone(subject.name(), waivers)
                .map(message -> new Ruling(subject, Kind.WAIVER, message, fails()))
                .stream()
                .toList();
    }

    Ruling unmeasured(TrackerException why) {
        boolean fails = run.settings().inconclusive() == OnInconclusive.FAIL && fails();
        return new Ruling(subject, Kind.UNCHECKED, text(why, fails), fails, Optional.empty(), "", "", Optional.of(why));
    }

    /** Rules on addresses that the subject freed twice. */
    Optional<Ruling> freedTwice(SnapshotDiff residue) {
        DoubleFree wanted = run.settings().doubleFree();
        List<FreeFault> faults =
                wanted == DoubleFree.IGNORE || subject.wholeClass() ? List.of() : FreeNotes.freedTwice(residue);
        boolean fails = wanted == DoubleFree.FAIL;
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(new Ruling(
                        subject, Kind.DOUBLE_FREE, FreeNotes.freedTwiceText(subject, faults, fails), fails && fails()));
    }

    /** Returns that the tracker saw nothing, so that nothing was checked; an outcome of its own excuses no class. */
    Ruling nothingSeen(String message, boolean wanted) {
        return new Ruling(subject, Kind.UNCHECKED, message, wanted && isFailing());
    }

    private boolean fails() {
        return isFailing() && outcome != TestResult.ABORTED;
    }

    private boolean isFailing() {
        return run.settings().mode() != Mode.WARN;
    }

    private String text(TrackerException why, boolean fails) {
        return why.asked().isEmpty()
                ? subject.name() + " could not be checked: " + why.getMessage()
                : InconclusiveText.render(
                        new Inconclusive(
                                subject,
                                why.reason(),
                                why.asked().orElse(""),
                                why.found().orElse(""),
                                why.remedy().orElse("")),
                        fails);
    }
}
