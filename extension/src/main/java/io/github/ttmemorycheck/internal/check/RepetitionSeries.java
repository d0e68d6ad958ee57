package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.diagnosis.Evidence;
import io.github.ttmemorycheck.internal.diagnosis.LateFrees;
import io.github.ttmemorycheck.internal.leak.Growth;
import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.internal.leak.GrowthResult;
import io.github.ttmemorycheck.internal.leak.GrowthSoFar;
import io.github.ttmemorycheck.internal.leak.Repetition;
import io.github.ttmemorycheck.internal.message.GrowthText;
import io.github.ttmemorycheck.internal.runreport.CheckCost;
import io.github.ttmemorycheck.internal.runreport.CheckEntry;
import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The invocations of one test method, which are its repetitions: of {@code @RepeatedTest}, {@code @ParameterizedTest},
 * any other test template, or of a test in a class template. Growth is judged when all of them have run; the series is
 * charged with what grew.
 *
 * <p>Judged tests never overlap, so it is used by one thread at a time.
 */
public final class RepetitionSeries {

    private final Run run;
    private final Subject subject;
    private final Rules rules;
    private final boolean equalCalls;
    private final List<Repetition> repetitions = new ArrayList<>();
    private final GrowthSoFar growth;
    private final List<Long> found = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> filled = new ArrayList<>();
    private final List<DeviceBuffer> left = new ArrayList<>();
    private final Map<Integer, String> commands = new HashMap<>();
    private ResidueCheck.@Nullable Judged last;
    private CacheRelease lastCache = CacheRelease.NO_DEVICE;
    private long programsKept;
    private boolean alwaysCleared = true;
    private boolean isPutOff;
    private long judgedBefore;
    private boolean othersBetween;
    private long startedAtNanos;

    /**
     * Begins a series with the subject of its first repetition.
     *
     * @param equalCalls whether each repetition calls the same
     */
    public RepetitionSeries(Run run, Subject first, Rules rules, boolean equalCalls) {
        this.run = run;
        this.subject = first.repetitions();
        this.rules = rules;
        this.equalCalls = equalCalls;
        CheckAttributes attributes = rules.attributes();
        this.growth = new GrowthSoFar(attributes.warmups(), attributes.growthTolerance(), attributes.devices());
    }

    /**
     * The program caches around a repetition.
     *
     * @param found what was found in them right after it
     * @param before how many programs they held when it began; 0 where that is not counted, since nothing stays warm
     * @param kept how many programs they keep now that it is judged
     * @param putOff whether what it left is judged with the class, since it may be theirs
     */
    record Caches(CacheRelease found, long before, long kept, boolean putOff) {}

    /**
     * Adds a repetition.
     *
     * @param mark the state when it began; counts for the first alone, and where other tests ran since the one before
     * @param judged what came of it
     * @param caches the program caches around it
     * @param failed whether it failed or was aborted; then it is left out
     */
    void add(MemoryTracker.Mark mark, ResidueCheck.Judged judged, Caches caches, boolean failed) {
        if (last == null) {
            startedAtNanos = mark.takenAtNanos();
        }
        MemoryTotals before = before(mark);
        long programsBefore = Math.max(programsKept, caches.before());
        boolean mayBeOfPrograms = caches.putOff() || (!equalCalls && caches.kept() > programsBefore);
        String label = Integer.toString(number() + 1);
        if (failed) {
            leftOut.add(label);
        } else {
            if (mayBeOfPrograms && repetitions.size() >= rules.attributes().warmups()) {
                filled.add(label);
            }
            Repetition repetition = new Repetition(
                    before, judged.residue().after(), waived(judged), programsBefore, caches.kept(), mayBeOfPrograms);
            repetitions.add(repetition);
            growth.add(repetition);
            found.add(caches.found().programs());
        }
        if (!caches.putOff()) {
            left.addAll(notWaived(judged));
        }
        commands.putAll(judged.residue().commands());
        last = judged;
        lastCache = caches.found();
        programsKept = caches.kept();
        alwaysCleared &= caches.kept() == 0 && !caches.found().kept();
        isPutOff |= caches.putOff();
    }

    private static Stream<Finding> known(ResidueCheck.Judged judged) {
        return judged.findings().stream().filter(finding -> finding.verdict() == Verdict.KNOWN);
    }

    private static MemoryTotals waived(ResidueCheck.Judged judged) {
        MemoryTotals.Builder waived = MemoryTotals.builder();
        known(judged).forEach(finding -> waived.add(finding.pool(), finding.left()));
        return waived.build();
    }

    private static List<DeviceBuffer> notWaived(ResidueCheck.Judged judged) {
        return judged.residue().left().stream()
                .filter(buffer -> known(judged).noneMatch(finding -> finding.covers(buffer)))
                .toList();
    }

    /**
     * Returns whether the repetitions so far may come to growth: garbage must not pile up meanwhile, since it would
     * look like that.
     */
    boolean mayGrow() {
        return growth.isPossible();
    }

    private Growth rule() {
        CheckAttributes attributes = rules.attributes();
        return new Growth(attributes.warmups(), attributes.growthTolerance(), equalCalls);
    }

    private int number() {
        return repetitions.size() + leftOut.size();
    }

    /** In a class template other tests run between the repetitions of one, and what they leave is no growth of it. */
    private MemoryTotals before(MemoryTracker.Mark mark) {
        long judged = run.testsJudged();
        boolean others = judged != judgedBefore + 1;
        judgedBefore = judged;
        if (last == null) {
            return mark.totals();
        }
        othersBetween |= others;
        MemoryTotals held = last.residue().after();
        return others
                ? MemoryTotals.builder()
                        .addAll(held)
                        .addAll(mark.totals().risenSince(held))
                        .build()
                : held;
    }

    /** Judges the growth, and returns what the test is told: one ruling for all its repetitions together. */
    public List<Ruling> end() {
        if (last == null) {
            return List.of();
        }
        List<GrowthResult> grown = rule().judge(rules.attributes().devices(), repetitions);
        Optional<String> rising = equalCalls && alwaysCleared ? ClearedPrograms.rising(found) : Optional.empty();
        rising.ifPresent(note -> run.log().info(subject + ": " + note));
        record(!grown.isEmpty(), rising);
        Rulings rulings = new Rulings(run, subject, TestResult.PASSED);
        List<Ruling> told = new ArrayList<>();
        if (!grown.isEmpty()) {
            LeakReport report = report(grown, last.how(), rising);
            told.add(rulings.growth(report, GrowthText.render(report, grown, rules.baseline()), grown));
        }
        told.addAll(rulings.waiversGone(
                rules.stated().methodWaivers(), !isPutOff && run.coverage().isWhole(subject)));
        return told;
    }

    private LeakReport report(List<GrowthResult> grown, Measurement how, Optional<String> rising) {
        List<Finding> findings = grown.stream()
                .filter(GrowthFinding.class::isInstance)
                .map(growth -> finding((GrowthFinding) growth))
                .toList();
        List<DeviceBuffer> charged = left.stream()
                .filter(buffer -> findings.stream().anyMatch(finding -> finding.covers(buffer)))
                .toList();
        charge(findings, charged);
        Evidence evidence = new Evidence(
                false,
                findings,
                charged,
                List.of(),
                lastCache,
                List.of(),
                LateFrees.NONE,
                grown,
                capacities(findings),
                Map.of(),
                charged.stream().anyMatch(buffer -> buffer.referenceTo() != 0),
                0,
                List.of());
        return new LeakReports(run, subject)
                .of(evidence, startedAtNanos, run.processes().named(commands, charged), how, notes(findings, rising));
    }

    /** Returns what grew as a finding: from what was held before the repetitions that count to what is held after. */
    private Finding finding(GrowthFinding growth) {
        MemoryPool pool = growth.pool();
        long grew = growth.total();
        long allowed = rules.baseline().allowed(pool);
        return new Finding(
                pool.device(), pool.kind(), growth.last() - grew, growth.last(), grew, allowed, Verdict.GREW);
    }

    /** Charges what was not settled with its repetition already, by a baseline on the method. */
    private void charge(List<Finding> findings, List<DeviceBuffer> buffers) {
        run.ledger().settle(subject, buffers);
        findings.stream()
                .filter(finding -> !run.tracker().knowsBuffers(finding.pool()))
                .filter(finding -> !rules.isStatedOnMethod(finding))
                .forEach(finding -> run.ledger().charge(finding.pool(), finding.left()));
    }

    /** Returns how much memory there is of what grew; a setting counts before what the tracker knows. */
    private MemoryTotals capacities(List<Finding> findings) {
        MemoryTotals.Builder capacities = MemoryTotals.builder();
        for (Finding finding : findings) {
            OptionalLong set = run.settings().capacities().of(finding.pool());
            OptionalLong known = set.isPresent() ? set : run.tracker().capacity(finding.pool());
            capacities.add(finding.pool(), known.orElse(0));
        }
        return capacities.build();
    }

    private List<String> notes(List<Finding> findings, Optional<String> rising) {
        List<String> notes = new ArrayList<>();
        if (!leftOut.isEmpty()) {
            notes.add("repetitions that failed or were aborted are left out: " + String.join(", ", leftOut));
        }
        if (!filled.isEmpty() && !findings.isEmpty()) {
            notes.add("repetitions whose caches gained programs and keep them are left out, since what they added may"
                    + " be of these programs: " + String.join(", ", filled));
        }
        if (findings.stream()
                .anyMatch(finding -> repetitions.stream()
                        .anyMatch(repetition -> repetition.waived().of(finding.pool()) > 0))) {
            notes.add("what a known leak lets pass in a repetition does not count as growth");
        }
        if (othersBetween) {
            notes.add("other tests ran between the repetitions; what they left does not count as growth here");
        }
        rising.ifPresent(notes::add);
        return notes;
    }

    private void record(boolean grew, Optional<String> rising) {
        List<String> notes = new ArrayList<>(List.of(Wording.count(number(), "repetition")));
        if (equalCalls && alwaysCleared) {
            rising.or(() -> ClearedPrograms.alike(found)).ifPresent(notes::add);
        }
        run.recorder()
                .add(new CheckEntry(
                        subject,
                        startedAtNanos,
                        System.nanoTime(),
                        TestResult.PASSED,
                        grew ? Verdict.GREW : Verdict.CLEAN,
                        List.of(),
                        MemoryTotals.NONE,
                        MemoryTotals.NONE,
                        CacheRelease.NO_DEVICE,
                        new CheckCost(0, 0, 0, 0, 0),
                        notes));
    }
}
