package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.internal.settings.Idle;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Notices that the tracker saw nothing at all while the tests of a class ran: then nothing was checked. */
public final class IdleWatch {

    private final Run run;
    private final long activityBefore;
    private final long testsBefore;

    private IdleWatch(Run run, long activityBefore) {
        this.run = run;
        this.activityBefore = activityBefore;
        this.testsBefore = run.testsJudged();
    }

    /** Starts to watch; empty where the tracker cannot be asked, which the check of the class says. */
    static Optional<IdleWatch> start(Run run) {
        try {
            return Optional.of(new IdleWatch(run, run.tracker().activity()));
        } catch (TrackerException blind) {
            return Optional.empty();
        }
    }

    /**
     * Starts to watch when the first test of a class is checked that is not checked as a whole. What came before it,
     * as the device that {@code @BeforeAll} opens, was seen where the tracker saw it since the last class, or where
     * memory is held in a run that watched nothing yet.
     */
    public static Optional<IdleWatch> ofTestsAlone(Run run) {
        try {
            long now = run.tracker().activity();
            OptionalLong watchedUntil = run.watchedUntil();
            boolean seen =
                    watchedUntil.isEmpty() && !run.tracker().snapshot().totals().isZero();
            return Optional.of(new IdleWatch(run, watchedUntil.orElse(seen ? now - 1 : now)));
        } catch (TrackerException blind) {
            return Optional.empty();
        }
    }

    /** Returns what a class is told that is not checked as a whole; it passes, whatever became of its tests. */
    public List<Ruling> end(Subject type) {
        try {
            return end(new Rulings(run, type, TestResult.PASSED)).stream().toList();
        } catch (TrackerException blind) {
            return List.of(); // Its tests were told.
        }
    }

    /**
     * Returns what the class is told when a test of it ran and nothing was seen; where a build tool runs a test again
     * that allocates nothing then, the class was checked the first time.
     */
    Optional<Ruling> end(Rulings rulings) {
        if (run.testsJudged() == testsBefore) {
            return Optional.empty();
        }
        long activity = run.tracker().activity();
        run.watched(activity);
        if (activity != activityBefore) {
            run.session().sawMemory(rulings.subject());
            return Optional.empty();
        }
        run.recorded().notChecked(rulings.subject());
        if (run.session().hasSeenMemory(rulings.subject())) {
            return Optional.empty();
        }
        Idle wanted = run.settings().idle();
        return wanted == Idle.IGNORE
                ? Optional.empty()
                : Optional.of(rulings.nothingSeen(text(rulings.subject()), wanted == Idle.FAIL));
    }

    private String text(Subject subject) {
        String looking = PlainText.escape(run.tracker().description());
        IdleCause cause = IdleCause.find(run.settings().tracker(), looking);
        List<String> lines = new ArrayList<>(Wrapping.sentence(
                subject.name() + " was not checked: its tests ran, and the tracker saw nothing at all"));
        lines.add("");
        lines.addAll(Wrapping.hanging("  likely:   ", cause.likely()));
        lines.addAll(Wrapping.hanging(
                "  to fix:   ", cause.toDo() + "; " + SettingKeys.IDLE + "=ignore for a class that uses no device"));
        return String.join("\n", lines);
    }
}
