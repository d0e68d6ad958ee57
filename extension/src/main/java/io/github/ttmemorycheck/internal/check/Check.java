package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.runreport.CheckCost;
import io.github.ttmemorycheck.internal.runreport.CheckEntry;
import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.internal.sites.LostEvents;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker.Mark;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    Rules rules;
    CacheRelease cache = CacheRelease.NO_DEVICE;
    long clearNanos;
    private DevicesBefore devicesBefore = DevicesBefore.NONE;
    private final long startNanos = System.nanoTime();
    private final long markedNanos;
    private final MemoryTotals before;
    private final long lostBefore = LostEvents.count();
    private final OpenChecks.Entry open;
    private State state;
    private boolean begun;
    private long programsBefore;
    private boolean gained;

    /** Whether what the subject leaves can be measured. */
    private sealed interface State {

        /** It is measured from the mark on, which is open, less what rose in scopes of shared memory since then. */
        record Marked(Mark mark, MemoryTotals shared) implements State {}

        /** It cannot be measured. */
        record Blind(TrackerException why) implements State {}
    }

    Check(Run run, Subject subject, Rules rules) {
        this.run = run;
        this.subject = subject;
        this.rules = rules;
        this.open = run.openChecks().opened(subject);
        run.late().checkBegins(subject);
        this.state = mark(run);
        this.before = mark().map(Mark::totals).orElse(MemoryTotals.NONE);
        run.garbage().beginWith(before);
        this.markedNanos = System.nanoTime();
    }

    private static State mark(Run run) {
        try {
            // Asked before it is marked: a mark that is made stays open until the check ends.
            MemoryTotals shared = run.shared().rises();
            return new State.Marked(run.tracker().mark(), shared);
        } catch (TrackerException unmarked) {
            return new State.Blind(unmarked);
        }
    }

    /** Returns by how much totals rose meanwhile in scopes of shared memory. */
    final MemoryTotals sharedRise() {
        return state instanceof State.Marked marked
                ? run.shared().rises().risenSince(marked.shared())
                : MemoryTotals.NONE;
    }

    public final Subject subject() {
        return subject;
    }

    /** Has the subject judged by the rules of an extension configured in code; the annotation beside it came first. */
    public final void judgeBy(Rules inCode) {
        rules = inCode;
    }

    /** Notes which devices are known, and whether they are open, before anything of the subject runs. */
    public final void knows(Clearables atFirst) {
        devicesBefore = DevicesBefore.of(atFirst);
    }

    /** Notes that something of the subject runs: what was disabled is never judged. */
    public final void begin() {
        begun = true;
        open.begins().ifPresent(run.log()::warn);
    }

    /** Counts the programs that warm caches hold before anything of the subject runs. */
    public final void countPrograms(Supplier<Clearables> known) {
        if (staysWarm()) {
            programsBefore = new ProgramCaches(run.tracker(), run.log()).programs(known.get());
        }
    }

    /** Returns whether the program caches are left as they are until the tests of the class are through. */
    boolean staysWarm() {
        return rules.staysWarm(run.settings());
    }

    /** Returns how many programs warm caches held before anything of the subject ran. */
    final long programsBefore() {
        return programsBefore;
    }

    /**
     * Notes what caches hold now. Where a device does not tell, programs may have come, and a cache that was named for
     * more than the subject may have been filled.
     */
    final void noteGain(CacheRelease now, Clearables known) {
        gained |= staysWarm()
                && (now.programs() > programsBefore
                        || now.uncounted() > 0
                        || known.caches().size() > known.passing().size());
    }

    /** Returns whether warm caches gained programs while the subject ran, so that what it left may be theirs. */
    final boolean hasGained() {
        return gained;
    }

    /** Begins to judge the subject. */
    final ResidueCheck residueCheck() {
        return new ResidueCheck(run, subject, rules, open.beside(), devicesBefore);
    }

    /** Returns the open mark; empty where nothing can be measured. */
    final Optional<Mark> mark() {
        return state instanceof State.Marked marked ? Optional.of(marked.mark()) : Optional.empty();
    }

    /** Returns why nothing can be measured, if so. */
    final Optional<TrackerException> blindness() {
        return state instanceof State.Blind blind ? Optional.of(blind.why()) : Optional.empty();
    }

    /** Gives up measuring. */
    final void blinded(TrackerException why) {
        mark().ifPresent(Mark::close);
        state = new State.Blind(why);
    }

    /**
     * Judges what is left, if anything of the subject ran.
     *
     * @param outcome what became of the subject by itself
     * @param known the open devices and the named caches when it is asked for
     * @return what the subject is told, in the order in which it is to be told
     */
    public final List<Ruling> end(TestResult outcome, Supplier<Clearables> known) {
        try {
            return begun || outcome != TestResult.PASSED ? told(new Rulings(run, subject, outcome), known) : List.of();
        } finally {
            mark().ifPresent(Mark::close);
            run.late().checkEnded();
            open.ends();
        }
    }

    private List<Ruling> told(Rulings rulings, Supplier<Clearables> known) {
        long judging = System.nanoTime();
        if (subject.isTest()) {
            run.testJudged();
        }
        if (state instanceof State.Marked marked) {
            ResidueCheck.Judged judged;
            try {
                refuseIfEventsWereLost();
                judged = judge(marked.mark(), known, rulings.outcome() == TestResult.PASSED);
                noteInTotals(judged.residue());
            } catch (TrackerException unmeasured) {
                cover(false);
                record(rulings.outcome(), judging, Optional.empty());
                return subject.wholeClass() && run.hasSaid(unmeasured, startNanos)
                        ? List.of()
                        : List.of(rulings.unmeasured(unmeasured));
            }
            cover(rulings.outcome() == TestResult.PASSED);
            record(rulings.outcome(), judging, Optional.of(judged));
            List<Ruling> told = new ArrayList<>();
            judged.leak().map(rulings::leak).ifPresent(told::add);
            rulings.freedTwice(judged.residue()).ifPresent(told::add);
            told.addAll(besides(rulings, marked.mark(), judged));
            return told;
        }
        if (subject.wholeClass()) {
            return List.of(); // It was told before its first test.
        }
        cover(false);
        record(rulings.outcome(), judging, Optional.empty());
        return blindness().map(rulings::unmeasured).stream().toList();
    }

    /** Notes what was left where buffers are not known, for who runs out of memory later. */
    private void noteInTotals(SnapshotDiff residue) {
        boolean unchanged = !subject.wholeClass() && residue.before().equals(residue.after());
        if (unchanged || run.tracker().knowsBuffers()) {
            return;
        }
        LeftInTotals left = run.ledger().inTotals();
        MemoryTotals rise = KnownInTotals.left(residue, run.tracker()).less(sharedRise());
        if (subject.wholeClass()) {
            left.wholeClass(subject, rise);
        } else {
            left.test(subject, rise, KnownInTotals.fallen(residue, run.tracker()));
        }
    }

    /**
     * What was never delivered may be held, and what was freed may seem to be held. Not where devices are asked alone,
     * since nothing that is said of them comes by an event.
     */
    private void refuseIfEventsWereLost() {
        Optional<LostEvents.Loss> loss = LostEvents.since(lostBefore);
        if (loss.isPresent() && !run.settings().tracker().isOfDevicesAlone()) {
            // Where the tracker itself has gone, that is the cause, and it says so.
            mark().ifPresent(run.tracker()::since);
            TrackerException why = new TrackerException(
                    "events of this JVM could not be delivered",
                    "an AllocationClient to report to " + loss.get().socket(),
                    loss.get().cause(),
                    "have it report where the tracker listens: " + run.trackedBy(),
                    null);
            if (!subject.wholeClass()) {
                run.said(why);
            }
            throw why;
        }
    }

    /** Notes whether a test ran to its end and was measured. */
    private void cover(boolean toItsEnd) {
        if (subject.isTest()) {
            if (toItsEnd) {
                run.coverage().ran(subject);
            } else {
                run.coverage().missed(subject);
            }
        }
    }

    /** Measures what is left, and judges it; {@code sound} is whether the subject ran to its end by itself. */
    abstract ResidueCheck.Judged judge(Mark mark, Supplier<Clearables> known, boolean sound);

    /** Returns what the subject is told besides its leak. */
    abstract List<Ruling> besides(Rulings rulings, Mark mark, ResidueCheck.Judged judged);

    /** Adds what came of the check to the report of the run; nothing came of one that could not be measured. */
    private void record(TestResult outcome, long judging, Optional<ResidueCheck.Judged> judged) {
        long end = System.nanoTime();
        long collected = judged.map(of -> of.measured().collectedNanos()).orElse(0L);
        long settled = judged.map(of -> of.how().settled().toNanos()).orElse(0L);
        boolean test = subject.isTest();
        CheckCost cost = new CheckCost(
                test ? markedNanos - startNanos : 0,
                clearNanos,
                Math.max(0, end - judging - collected - settled),
                collected,
                settled);
        List<Finding> findings = judged.map(ResidueCheck.Judged::findings).orElse(List.of()).stream()
                .filter(finding -> finding.verdict() != Verdict.CLEAN)
                .toList();
        Verdict worst = findings.stream()
                .map(Finding::verdict)
                .max(Comparator.naturalOrder())
                .orElse(judged.isPresent() ? Verdict.CLEAN : Verdict.INCONCLUSIVE);
        MemoryTotals after = judged.map(of -> of.residue().after()).orElse(before);
        List<String> notes = judged.map(ResidueCheck.Judged::notes).orElse(List.of());
        long began = test ? markedNanos : judging;
        run.recorder()
                .add(new CheckEntry(subject, began, end, outcome, worst, findings, before, after, cache, cost, notes));
    }
}
