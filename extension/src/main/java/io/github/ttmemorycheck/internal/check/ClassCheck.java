package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.devices.WatchedCall;
import io.github.ttmemorycheck.internal.leak.TestPlace;
import io.github.ttmemorycheck.internal.leak.Waiver;
import io.github.ttmemorycheck.internal.leak.Waivers;
import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker.Mark;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The check of a class as a whole, judged after everything that JUnit closes for it: what its tests and its lifecycle
 * methods left together, less what is settled.
 */
public final class ClassCheck extends Check {

    private final MemoryTotals chargedBefore;
    private final Optional<IdleWatch> idle;
    private final boolean outermost;
    private boolean through;
    private final Supplier<Set<TestPlace>> tests;

    /**
     * Marks the state before a class.
     *
     * @param tests the tests of it and of the classes in it, asked when it is judged
     * @param outermost whether no class that is checked encloses it; only there it is said that nothing was seen, and
     *     only there warm caches are cleared
     */
    public ClassCheck(Run run, Subject subject, Rules rules, Supplier<Set<TestPlace>> tests, boolean outermost) {
        super(run, subject, rules);
        this.chargedBefore = run.ledger().charged();
        this.outermost = outermost;
        this.tests = tests;
        if (outermost) {
            WatchedCall.forgive();
        }
        this.idle = outermost ? IdleWatch.start(run) : Optional.empty();
    }

    /** Returns what the class is told before its first test: that nothing can be measured, if so. */
    public List<Ruling> beginOrRefuse() {
        begin();
        Rulings rulings = new Rulings(run, subject, TestResult.PASSED);
        return blindness().map(rulings::unmeasured).stream().toList();
    }

    /** Clears caches that stayed warm, once, before the device is closed; what stays then is no cache. */
    public void testsAreThrough(Supplier<Clearables> known) {
        if (through || !staysWarm()) {
            return;
        }
        through = true;
        mark().ifPresent(mark -> {
            try {
                ProgramCaches caches = new ProgramCaches(run.tracker(), run.log());
                if (outermost) {
                    cache = caches.clear(known.get(), mark);
                } else {
                    Clearables warm = known.get();
                    noteGain(caches.count(warm), warm);
                }
            } catch (TrackerException unmeasured) {
                blinded(unmeasured);
            }
        });
    }

    @Override
    boolean staysWarm() {
        // Once its tests are through they have been cleared, and are kept clear.
        return super.staysWarm() && !(outermost && through);
    }

    @Override
    ResidueCheck.Judged judge(Mark mark, Supplier<Clearables> known, boolean sound) {
        ResidueCheck check = residueCheck();
        if (hasGained()) {
            return check.putOff(mark, known, this::unsettled);
        }
        List<PutOff> putOff = run.ledger().takePutOff();
        if (!putOff.isEmpty()) {
            SnapshotDiff stayed = run.tracker().since(mark);
            putOff.forEach(test -> settle(test, stayed));
        }
        CacheRelease filled = staysWarm()
                ? CacheRelease.NO_DEVICE
                : new ProgramCaches(run.tracker(), run.log()).clearFilled(known.get(), mark);
        MemoryTotals charged = MemoryTotals.builder()
                .addAll(run.ledger().charged().risenSince(chargedBefore))
                .addAll(sharedRise())
                .build();
        return check.judge(
                mark, known, this::unsettled, charged, through && outermost ? cache : filled, sound, () -> false);
    }

    /** Settles what a test left and its own baselines and waivers let pass: the class is not charged with it. */
    private void settle(PutOff test, SnapshotDiff stayed) {
        List<DeviceBuffer> own = stayed.left().stream()
                .filter(buffer -> run.ledger()
                        .holder(buffer)
                        .filter(test.subject()::equals)
                        .isPresent())
                .toList();
        if (own.isEmpty()) {
            return;
        }
        Rules ofTest = test.rules();
        Waivers waived = ofTest.waived(stayed.withLeft(stayed.after(), own, Map.of()), MemoryTotals.NONE, run.today());
        run.waivers().judged(ofTest.stated().waivers(), waived, false);
        for (Finding finding : waived.findings()) {
            if (finding.verdict() != Verdict.LEAKED && ofTest.settles(finding, false)) {
                run.ledger()
                        .settle(
                                test.subject(),
                                own.stream().filter(finding::covers).toList());
            }
        }
    }

    @Override
    List<Ruling> besides(Rulings rulings, Mark mark, ResidueCheck.Judged judged) {
        List<Ruling> told = new ArrayList<>();
        List<Waiver> waivers = rules.stated().classWaivers(subject);
        if (!waivers.isEmpty() || run.recorded().isKept()) {
            boolean whole =
                    rulings.outcome() == TestResult.PASSED && run.coverage().isWhole(subject, tests.get());
            if (!whole) {
                run.recorded().ranInPart(subject);
            }
            told.addAll(rulings.waiversGone(waivers, whole));
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
        return diff.withLeft(
                diff.after(),
                diff.left().stream()
                        .filter(buffer -> !run.ledger().isSettled(buffer))
                        .filter(buffer ->
                                diff.leftInTotals().containsKey(buffer.pool()) || !inTotals.containsKey(buffer.pool()))
                        .toList(),
                inTotals);
    }
}
