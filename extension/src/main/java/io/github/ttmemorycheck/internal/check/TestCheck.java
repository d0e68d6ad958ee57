package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The check of one test, judged after everything else that JUnit closes for the test. */
public final class TestCheck extends Check {

    private final Function<Rules, Optional<RepetitionSeries>> seriesOf;
    private final long markNanos;
    private final long start;
    private long clearNanos;

    private TestCheck(
            Run run, Subject subject, Rules rules, Function<Rules, Optional<RepetitionSeries>> seriesOf, long began) {
        super(run, subject, rules);
        this.seriesOf = seriesOf;
        this.start = System.nanoTime();
        this.markNanos = start - began;
    }

    /**
     * Marks the state before a test.
     *
     * @param seriesOf finds the repetitions that the test is one of, if it is one; asked when it has been judged
     */
    public static TestCheck mark(
            Run run, Subject subject, Rules rules, Function<Rules, Optional<RepetitionSeries>> seriesOf) {
        TestCheck check = new TestCheck(run, subject, rules, seriesOf, System.nanoTime());
        run.log().debug(() -> "marked the state before " + subject);
        return check;
    }

    /** Clears the program caches of the open devices right after the test, and notes what that released. */
    public void clearProgramCaches(List<TtDevice> open) {
        if (state instanceof CheckState.Marked marked) {
            long began = System.nanoTime();
            open.forEach(device -> run.recorder().device(device.getClass()));
            try {
                CacheRelease cache = new ProgramCaches(run.tracker(), run.log()).clear(open, marked.mark());
                state = new CheckState.Marked(marked.rules(), marked.mark(), cache);
            } catch (TrackerException unmeasured) {
                state = marked.blinded(unmeasured);
            }
            clearNanos = System.nanoTime() - began;
        }
    }

    /** Returns a note on who holds device memory, for a test that failed by itself; empty when no earlier test does. */
    public Optional<String> noteOnHolders() {
        return HolderNote.on(subject, run);
    }

    @Override
    List<Ruling> judge(Rulings rulings, Supplier<List<TtDevice>> devices) {
        run.testJudged();
        long judging = System.nanoTime();
        if (!(state instanceof CheckState.Marked marked)) {
            return blind(rulings, judging, ((CheckState.Blind) state).why());
        }
        boolean failed = rulings.outcome() != TestResult.PASSED;
        Judgement.Judged judged;
        try {
            judged = new Judgement(run, subject, marked.rules())
                    .judge(
                            marked.mark(),
                            devices,
                            UnaryOperator.identity(),
                            MemoryTotals.NONE,
                            marked.cache(),
                            !failed);
            run.tracker().requestDump();
        } catch (TrackerException unmeasured) {
            return blind(rulings, judging, unmeasured);
        }
        boolean leftOut = failed || judged.leak().isPresent();
        Optional<RepetitionSeries> series = seriesOf.apply(marked.rules());
        series.ifPresent(of -> of.add(marked.mark(), judged, marked.cache(), leftOut));
        record(rulings.outcome(), times(judging), judged);
        List<Ruling> told = new ArrayList<>();
        judged.leak().map(rulings::leak).ifPresent(told::add);
        if (series.isEmpty() && !failed) {
            run.waivers()
                    .gone(subject.name(), marked.rules().stated().methodWaivers())
                    .map(text -> rulings.waiverGone(subject, text))
                    .ifPresent(told::add);
        }
        return told;
    }

    private List<Ruling> blind(Rulings rulings, long judging, TrackerException why) {
        recordBlind(rulings.outcome(), times(judging));
        return List.of(rulings.unmeasured(subject, why));
    }

    private Times times(long judging) {
        return new Times(start, markNanos, clearNanos, judging, System.nanoTime());
    }
}
