package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.leak.Growth;
import io.github.ttmemorycheck.internal.leak.GrowthResult;
import io.github.ttmemorycheck.internal.leak.Repetition;
import io.github.ttmemorycheck.internal.message.GrowthText;
import io.github.ttmemorycheck.internal.runreport.CheckCost;
import io.github.ttmemorycheck.internal.runreport.CheckEntry;
import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * The invocations of one test method, which are its repetitions: of {@code @RepeatedTest}, {@code @ParameterizedTest},
 * any other test template, or of a test in a class template. Growth is judged when all of them have run.
 *
 * <p>Judged tests never overlap, so it is used by one thread at a time.
 */
public final class RepetitionSeries {

    private final Run run;
    private final Subject subject;
    private final Rules rules;
    private final List<Repetition> repetitions = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final List<DeviceBuffer> left = new ArrayList<>();
    private final Map<Integer, String> commands = new HashMap<>();
    private @Nullable MemoryTotals held;
    private long judgedBefore;
    private boolean othersBetween;
    private long cachedPrograms;
    private CacheRelease lastCache = CacheRelease.NO_DEVICE;
    private int number;
    private long startedAtNanos;
    private @Nullable Measurement how;

    /**
     * Begins a series.
     *
     * @param first its first repetition
     * @param rules what the test is judged by
     */
    public RepetitionSeries(Run run, Subject first, Rules rules) {
        this.run = run;
        this.subject = first.repetitions();
        this.rules = rules;
    }

    /**
     * Adds a repetition.
     *
     * @param mark the state when it began; counts for the first alone, and where other tests ran since the one before
     * @param judged what came of it
     * @param cache what was found in the program caches after it
     * @param failed whether it failed or was aborted; then it is left out
     */
    void add(MemoryTracker.Mark mark, Judgement.Judged judged, CacheRelease cache, boolean failed) {
        number++;
        MemoryTotals after = judged.residue().after();
        left.addAll(judged.residue().left());
        commands.putAll(judged.residue().commands());
        how = judged.how();
        lastCache = cache;
        if (number == 1) {
            startedAtNanos = mark.takenAtNanos();
        }
        MemoryTotals earlier = before(mark);
        if (failed) {
            leftOut.add(Integer.toString(number));
        } else {
            repetitions.add(new Repetition(earlier, after, cachedPrograms, cache.programs()));
        }
        held = after;
        cachedPrograms = cache.programs();
    }

    /** In a class template other tests run between the repetitions of one, and what they leave is no growth of it. */
    private MemoryTotals before(MemoryTracker.Mark mark) {
        long judged = run.testsJudged();
        boolean others = judged != judgedBefore + 1;
        judgedBefore = judged;
        MemoryTotals last = held;
        if (last == null) {
            return mark.totals();
        }
        othersBetween |= others;
        return others ? higher(last, mark.totals()) : last;
    }

    private static MemoryTotals higher(MemoryTotals one, MemoryTotals other) {
        MemoryTotals.Builder higher = MemoryTotals.builder();
        NavigableSet<Integer> devices = one.devices();
        devices.addAll(other.devices());
        for (int device : devices) {
            for (MemoryKind kind : MemoryKind.values()) {
                higher.add(device, kind, Math.max(one.of(device, kind), other.of(device, kind)));
            }
        }
        return higher.build();
    }

    /** Judges the growth, and returns what the test is told: one ruling for all its repetitions together. */
    public List<Ruling> end() {
        Measurement last = how;
        if (last == null) {
            return List.of();
        }
        CheckAttributes attributes = rules.attributes();
        List<GrowthResult> grown =
                new Growth(attributes.warmups(), attributes.growthTolerance()).judge(attributes.devices(), repetitions);
        record(!grown.isEmpty());
        Rulings rulings = new Rulings(run.settings(), TestResult.PASSED);
        List<Ruling> told = new ArrayList<>();
        if (!grown.isEmpty()) {
            LeakReport report = new GrowthReports(run, subject, rules)
                    .of(grown, new GrowthReports.Left(left, commands, notes(), lastCache, startedAtNanos, last));
            told.add(rulings.growth(report, GrowthText.render(report, grown, rules.baseline())));
        }
        run.waivers()
                .gone(subject.name(), rules.stated().methodWaivers())
                .map(text -> rulings.waiverGone(subject, text))
                .ifPresent(told::add);
        return told;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!leftOut.isEmpty()) {
            notes.add("repetitions that failed or were aborted are left out: " + String.join(", ", leftOut));
        }
        if (othersBetween) {
            notes.add("other tests ran between the repetitions; what they left does not count as growth here");
        }
        return notes;
    }

    private void record(boolean grew) {
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
                        List.of(Wording.count(number, "repetition"))));
    }
}
