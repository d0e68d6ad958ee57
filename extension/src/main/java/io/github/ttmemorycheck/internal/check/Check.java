package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.runreport.CheckCost;
import io.github.ttmemorycheck.internal.runreport.CheckEntry;
import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The check of a test or of a class: marked when it is made, begun when something of the subject runs, and judged once.
 *
 * <p>JUnit makes, uses and ends it on one thread at a time; a step in between may come from the thread of a
 * {@code @Timeout}, which JUnit waits for.
 */
public abstract sealed class Check permits TestCheck, ClassCheck {

    final Run run;
    final Subject subject;
    CheckState state;
    private boolean begun;

    Check(Run run, Subject subject, Rules rules) {
        this.run = run;
        this.subject = subject;
        this.state = CheckState.mark(run, rules);
    }

    /** Returns what is checked. */
    public final Subject subject() {
        return subject;
    }

    /**
     * Has the subject judged by other rules: by those of an extension configured in code, beside which the annotation
     * came first.
     */
    public final void judgeBy(Rules rules) {
        state = state.with(rules);
    }

    /** Notes that something of the subject runs: what was disabled is never judged. */
    public final void begin() {
        begun = true;
    }

    /**
     * Judges what is left, if anything of the subject ran.
     *
     * @param outcome what became of the subject by itself
     * @param devices the devices that are open when it is asked for
     * @return what the subject is told, in the order in which it is to be told
     */
    public final List<Ruling> end(TestResult outcome, Supplier<List<TtDevice>> devices) {
        try {
            return begun || outcome != TestResult.PASSED
                    ? judge(new Rulings(run.settings(), outcome), devices)
                    : List.of();
        } finally {
            if (state instanceof CheckState.Marked marked) {
                marked.mark().close();
            }
        }
    }

    abstract List<Ruling> judge(Rulings rulings, Supplier<List<TtDevice>> devices);

    final List<Ruling> blind(Rulings rulings, TrackerException why) {
        return List.of(rulings.unmeasured(subject, why));
    }

    /** Adds what came of the check to the report of the run. */
    final void record(TestResult outcome, Times times, Judgement.Judged judged) {
        run.recorder()
                .add(new CheckEntry(
                        subject,
                        times.start(),
                        times.end(),
                        outcome,
                        worst(judged.findings()),
                        telling(judged.findings()),
                        state.before(),
                        judged.residue().after(),
                        state.cache(),
                        times.cost(
                                judged.collectedNanos(), judged.how().settled().toNanos()),
                        judged.notes()));
    }

    /** Adds to the report of the run that the check could not be measured. */
    final void recordBlind(TestResult outcome, Times times) {
        MemoryTotals before = state.before();
        run.recorder()
                .add(new CheckEntry(
                        subject,
                        times.start(),
                        times.end(),
                        outcome,
                        Verdict.INCONCLUSIVE,
                        List.of(),
                        before,
                        before,
                        state.cache(),
                        times.cost(0, 0),
                        List.of()));
    }

    /**
     * When a check took which of its steps, on the clock of {@link System#nanoTime()}.
     *
     * @param start when it was marked
     * @param markNanos how long that took
     * @param clearNanos how long the program caches took to clear
     * @param judging when its judging began
     * @param end when it was judged
     */
    record Times(long start, long markNanos, long clearNanos, long judging, long end) {

        CheckCost cost(long collectedNanos, long settledNanos) {
            return new CheckCost(
                    markNanos,
                    clearNanos,
                    Math.max(0, end - judging - collectedNanos - settledNanos),
                    collectedNanos,
                    settledNanos);
        }
    }

    private static Verdict worst(List<Finding> findings) {
        Verdict worst = Verdict.CLEAN;
        for (Finding finding : findings) {
            worst = finding.verdict().compareTo(worst) > 0 ? finding.verdict() : worst;
        }
        return worst;
    }

    private static List<Finding> telling(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.verdict() != Verdict.CLEAN)
                .toList();
    }
}
