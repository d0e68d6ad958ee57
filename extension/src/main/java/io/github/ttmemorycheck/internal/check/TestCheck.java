package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker.Mark;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The check of one test, judged after everything else that JUnit closes for the test. */
public final class TestCheck extends Check {

    private final Function<Rules, Optional<RepetitionSeries>> seriesOf;

    /**
     * Marks the state before a test.
     *
     * @param seriesOf finds the repetitions that the test is one of, if it is one; asked when it has been judged
     */
    public TestCheck(Run run, Subject subject, Rules rules, Function<Rules, Optional<RepetitionSeries>> seriesOf) {
        super(run, subject, rules);
        this.seriesOf = seriesOf;
        run.log().debug(() -> "marked the state before " + subject);
    }

    /** Clears the program caches of the open devices right after the test, and notes what that released. */
    public void clearProgramCaches(List<TtDevice> open) {
        mark().ifPresent(mark -> {
            long began = System.nanoTime();
            open.forEach(device -> run.recorder().device(device.getClass()));
            try {
                cache = new ProgramCaches(run.tracker(), run.log()).clear(open, mark);
            } catch (TrackerException unmeasured) {
                blinded(unmeasured);
            }
            clearNanos = System.nanoTime() - began;
        });
    }

    /** Returns a note on who held device memory, for a test that failed by itself; empty when nobody else did. */
    public Optional<String> noteOnHolders() {
        return HolderNote.on(subject, run, mark(), cache);
    }

    @Override
    Judgement.Judged judge(Mark mark, Supplier<List<TtDevice>> devices, boolean sound) {
        Judgement.Judged judged = new Judgement(run, subject, rules)
                .judge(mark, devices, UnaryOperator.identity(), MemoryTotals.NONE, cache, sound);
        run.tracker().requestDump();
        return judged;
    }

    @Override
    List<Ruling> besides(Rulings rulings, Mark mark, Judgement.Judged judged) {
        boolean failed = rulings.outcome() != TestResult.PASSED;
        Optional<RepetitionSeries> series = seriesOf.apply(rules);
        series.ifPresent(
                of -> of.add(mark, judged, cache, failed || judged.leak().isPresent()));
        return series.isPresent()
                ? List.of()
                : rulings.waiversGone(
                        rules.stated().methodWaivers(), run.coverage().isWhole(subject));
    }
}
