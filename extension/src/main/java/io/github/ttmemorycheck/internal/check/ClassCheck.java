package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker.Mark;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The check of a class as a whole, judged after everything that JUnit closes for it: what its tests and its lifecycle
 * methods left together, less what is settled.
 */
public final class ClassCheck extends Check {

    private final MemoryTotals chargedBefore;
    private final Optional<IdleWatch> idle;

    /**
     * Marks the state before a class.
     *
     * @param outermost whether no other class encloses it; only there it is said that nothing was seen
     */
    public ClassCheck(Run run, Subject subject, Rules rules, boolean outermost) {
        super(run, subject, rules);
        this.chargedBefore = run.ledger().charged();
        this.idle = outermost ? IdleWatch.start(run) : Optional.empty();
    }

    /** Returns what the class is told before its first test: that nothing can be measured, if so. */
    public List<Ruling> beginOrRefuse() {
        begin();
        Rulings rulings = new Rulings(run, subject, TestResult.PASSED);
        return blindness().map(rulings::unmeasured).stream().toList();
    }

    @Override
    Judgement.Judged judge(Mark mark, Supplier<List<TtDevice>> devices, boolean sound) {
        CacheRelease filled = new ProgramCaches(run.tracker(), run.log()).clearFilled(devices.get(), mark);
        MemoryTotals charged = run.ledger().charged().risenSince(chargedBefore);
        return new Judgement(run, subject, rules).judge(mark, devices, this::unsettled, charged, filled, sound);
    }

    @Override
    List<Ruling> besides(Rulings rulings, Mark mark, Judgement.Judged judged) {
        List<Ruling> told = new ArrayList<>();
        if (rulings.outcome() == TestResult.PASSED) {
            told.addAll(rulings.waiversGone(rules.stated().classWaivers(subject.className())));
        }
        idle.flatMap(watch -> watch.end(rulings)).ifPresent(told::add);
        return told;
    }

    /**
     * Takes out what is settled. What a tracker names by buffers only now and then is judged by totals here: its tests
     * may have been.
     */
    private SnapshotDiff unsettled(SnapshotDiff diff) {
        Map<MemoryPool, Long> inTotals = new HashMap<>(diff.leftInTotals());
        if (diff.buffersKnown() && !run.tracker().knowsBuffers()) {
            MemoryTotals risen = diff.after().risenSince(diff.before());
            diff.after().pools().stream()
                    .filter(pool -> !run.tracker().knowsBuffers(pool))
                    .forEach(pool -> inTotals.putIfAbsent(pool, risen.of(pool)));
        }
        return new SnapshotDiff(
                diff.before(),
                diff.after(),
                diff.buffersKnown(),
                diff.left().stream()
                        .filter(buffer -> !run.ledger().isSettled(buffer))
                        .filter(buffer ->
                                diff.leftInTotals().containsKey(buffer.pool()) || !inTotals.containsKey(buffer.pool()))
                        .toList(),
                diff.released(),
                diff.ended(),
                diff.commands(),
                diff.processes(),
                diff.faults(),
                inTotals);
    }
}
