package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker.Mark;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The check of one test, judged after everything else that JUnit closes for the test. */
public final class TestCheck extends Check {

    private final Function<Rules, Optional<RepetitionSeries>> seriesOf;
    private long programsKept;

    /**
     * Marks the state before a test.
     *
     * @param seriesOf finds the repetitions that the test is one of, if it is one; asked once something is left
     */
    public TestCheck(Run run, Subject subject, Rules rules, Function<Rules, Optional<RepetitionSeries>> seriesOf) {
        super(run, subject, rules);
        this.seriesOf = seriesOf;
        run.log().debug(() -> "marked the state before " + subject);
    }

    /**
     * Clears the caches right after the test, and notes what that released; where they are to stay warm, only counts
     * their programs.
     */
    public void testMethodEnded(Clearables known) {
        mark().ifPresent(mark -> {
            long began = System.nanoTime();
            known.devices().forEach(device -> run.recorder().device(device.getClass()));
            try {
                ProgramCaches caches = new ProgramCaches(run.tracker(), run.log());
                cache = staysWarm() ? caches.keep(known, mark) : caches.clear(known, mark);
                noteGain(cache, known);
            } catch (TrackerException unmeasured) {
                blinded(unmeasured);
            }
            clearNanos = System.nanoTime() - began;
        });
    }

    /** Returns a note on who held device memory, for a test that failed by itself; empty when nobody else did. */
    public Optional<String> noteOnHolders() {
        return HolderNote.on(subject, run, mark(), this::sharedRise, cache);
    }

    @Override
    ResidueCheck.Judged judge(Mark mark, Supplier<Clearables> known, boolean sound) {
        ResidueCheck check = residueCheck();
        ProgramCaches caches = new ProgramCaches(run.tracker(), run.log());
        if (staysWarm()) {
            CacheRelease now = caches.count(known.get());
            programsKept = now.programs();
            noteGain(now, known.get());
        }
        ResidueCheck.Judged judged = hasGained()
                ? check.putOff(mark, known, UnaryOperator.identity())
                : check.judge(
                        mark,
                        known,
                        UnaryOperator.identity(),
                        sharedRise(),
                        cache,
                        sound,
                        () -> seriesOf.apply(rules)
                                .filter(RepetitionSeries::mayGrow)
                                .isPresent());
        if (!staysWarm() && cache.programs() > 0 && seriesOf.apply(rules).isPresent()) {
            // A cache that was cleared keeps none; one under a live trace keeps all.
            programsKept = caches.programs(known.get());
        }
        run.tracker().requestDump();
        return judged;
    }

    @Override
    List<Ruling> besides(Rulings rulings, Mark mark, ResidueCheck.Judged judged) {
        boolean failed = rulings.outcome() != TestResult.PASSED;
        Optional<RepetitionSeries> series = seriesOf.apply(rules);
        series.ifPresent(of -> of.add(
                mark,
                judged,
                new RepetitionSeries.Caches(cache, programsBefore(), programsKept, hasGained()),
                failed || judged.leak().isPresent()));
        return series.isPresent() || hasGained()
                ? List.of()
                : rulings.waiversGone(
                        rules.stated().methodWaivers(), run.coverage().isWhole(subject));
    }
}
