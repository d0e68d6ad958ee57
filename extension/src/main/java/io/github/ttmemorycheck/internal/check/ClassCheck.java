package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The check of a class as a whole, judged after everything that JUnit closes for it: what its tests and its lifecycle
 * methods left together, less what is settled.
 */
public final class ClassCheck extends Check {

    private final MemoryTotals chargedBefore;
    private final Optional<IdleWatch> idle;

    private ClassCheck(Run run, Subject subject, Rules rules, Optional<IdleWatch> idle) {
        super(run, subject, rules);
        this.chargedBefore = run.ledger().charged();
        this.idle = idle;
    }

    /**
     * Marks the state before a class.
     *
     * @param outermost whether no other class encloses it; only there it is said that nothing was seen
     */
    public static ClassCheck mark(Run run, Subject subject, Rules rules, boolean outermost) {
        return new ClassCheck(run, subject, rules, outermost ? IdleWatch.start(run) : Optional.empty());
    }

    /** Returns what the class is told before its first test: that nothing can be measured, if so. */
    public List<Ruling> beginOrRefuse() {
        begin();
        return state instanceof CheckState.Blind blind
                ? blind(new Rulings(run.settings(), TestResult.PASSED), blind.why())
                : List.of();
    }

    @Override
    List<Ruling> judge(Rulings rulings, Supplier<List<TtDevice>> devices) {
        if (!(state instanceof CheckState.Marked marked)) {
            return List.of();
        }
        long judging = System.nanoTime();
        boolean sound = rulings.outcome() == TestResult.PASSED;
        List<Ruling> told = new ArrayList<>();
        try {
            CacheRelease cache = new ProgramCaches(run.tracker(), run.log()).clearFilled(devices.get(), marked.mark());
            Judgement.Judged judged = new Judgement(run, subject, marked.rules())
                    .judge(
                            marked.mark(),
                            devices,
                            this::unsettled,
                            run.ledger().charged().risenSince(chargedBefore),
                            cache,
                            sound);
            record(rulings.outcome(), times(judging), judged);
            judged.leak().map(rulings::leak).ifPresent(told::add);
        } catch (TrackerException unmeasured) {
            recordBlind(rulings.outcome(), times(judging));
            return blind(rulings, unmeasured);
        }
        if (sound) {
            run.waivers()
                    .gone(subject.name(), marked.rules().stated().classWaivers())
                    .map(text -> rulings.waiverGone(subject, text))
                    .ifPresent(told::add);
        }
        idle.flatMap(watch -> watch.end(subject, rulings)).ifPresent(told::add);
        return told;
    }

    /**
     * Takes out what is settled. A tracker that names buffers only now and then is judged by totals here: its tests may
     * have been.
     */
    private SnapshotDiff unsettled(SnapshotDiff diff) {
        return new SnapshotDiff(
                diff.before(),
                diff.after(),
                diff.buffersKnown() && run.tracker().knowsBuffers(),
                diff.left().stream()
                        .filter(buffer -> !run.ledger().isSettled(buffer))
                        .toList(),
                diff.released(),
                diff.ended(),
                diff.commands(),
                diff.processes());
    }

    private static Times times(long judging) {
        return new Times(judging, 0, 0, judging, System.nanoTime());
    }
}
