package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.leak.Growth;
import io.github.ttmemorycheck.internal.leak.GrowthResult;
import io.github.ttmemorycheck.internal.leak.Repetition;
import io.github.ttmemorycheck.internal.runreport.CheckCost;
import io.github.ttmemorycheck.internal.runreport.CheckEntry;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The invocations of one test method, which are its repetitions: of {@code @RepeatedTest}, {@code @ParameterizedTest}, any
 * other test template, or of a test in a class template. Kept in the store of the outermost template and closed with it,
 * when all repetitions have run; growth is judged then.
 *
 * <p>Judged tests never overlap, so it is used by one thread at a time.
 */
final class RepetitionSeries implements AutoCloseable {

    private static final Pattern NUMBERS = Pattern.compile("-invocation:#\\d+]");

    private final Run run;
    private final Judgement judgement;
    private final ExtensionContext first;
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

    private RepetitionSeries(Run run, Judgement judgement, ExtensionContext first) {
        this.run = run;
        this.judgement = judgement;
        this.first = first;
    }

    /** Returns the series that a test is a repetition of; empty for a test that runs once. */
    static Optional<RepetitionSeries> of(Run run, ExtensionContext test, Judgement judgement) {
        return template(test)
                .map(template -> ContextStore.keep(
                        template,
                        "repetitions of " + NUMBERS.matcher(test.getUniqueId()).replaceAll("]"),
                        RepetitionSeries.class,
                        () -> new RepetitionSeries(run, judgement, test)));
    }

    private static Optional<ExtensionContext> template(ExtensionContext test) {
        Optional<ExtensionContext> outermost = Optional.empty();
        for (Optional<ExtensionContext> at = Optional.of(test);
                at.isPresent();
                at = at.get().getParent()) {
            String id = at.get().getUniqueId();
            if (NUMBERS.matcher(id.substring(id.lastIndexOf('/') + 1)).find()) {
                outermost = at.get().getParent();
            }
        }
        return outermost;
    }

    /**
     * Adds a repetition.
     *
     * @param mark the state when it began; counts for the first alone, and where other tests ran since the one before
     * @param outcome what came of it
     * @param cache what was found in the program caches after it
     * @param failed whether it failed or was aborted; then it is left out
     */
    void add(MemoryTracker.Mark mark, Judgement.Outcome outcome, CacheRelease cache, boolean failed) {
        number++;
        MemoryTotals after = outcome.residue().after();
        left.addAll(outcome.residue().left());
        commands.putAll(outcome.residue().commands());
        how = outcome.how();
        lastCache = cache;
        if (number == 1) {
            startedAtNanos = mark.takenAtNanos();
        }
        MemoryTotals earlier = before(mark);
        if (failed) {
            leftOut.add(Integer.toString(number));
        } else {
            repetitions.add(new Repetition(Integer.toString(number), earlier, after, cachedPrograms, cache.programs()));
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

    @Override
    public void close() {
        Sentence sentence = new Sentence(run, first);
        CheckAttributes attributes = judgement.rules().attributes();
        List<GrowthResult> grown =
                new Growth(attributes.warmups(), attributes.growthTolerance()).judge(attributes.devices(), repetitions);
        record(!grown.isEmpty());
        if (!grown.isEmpty() && how != null) {
            sentence.failAll(new GrowthError(run, judgement, grown, first)
                    .over(left, commands, notes(), lastCache, startedAtNanos, how));
        }
        run.waivers()
                .gone(
                        SubjectNames.withoutInvocations(judgement.name()),
                        judgement.rules().methodWaivers())
                .ifPresent(sentence::failAll);
    }

    private void record(boolean grew) {
        Measurement last = how;
        if (last == null) {
            return;
        }
        long now = System.nanoTime();
        run.recorder()
                .add(new CheckEntry(
                        SubjectNames.subject(first).repetitions(),
                        startedAtNanos,
                        now,
                        CheckEntry.TestResult.PASSED,
                        grew ? Verdict.GREW : Verdict.CLEAN,
                        List.of(),
                        MemoryTotals.NONE,
                        MemoryTotals.NONE,
                        CacheRelease.NO_DEVICE,
                        new CheckCost(0, 0, 0, 0, 0),
                        List.of(number + (number == 1 ? " repetition" : " repetitions"))));
    }
}
