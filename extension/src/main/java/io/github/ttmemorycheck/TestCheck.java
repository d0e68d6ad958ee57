package io.github.ttmemorycheck;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * The check of one test, kept in the store of its context and closed with it, after everything else that JUnit closes for
 * the test.
 *
 * <p>JUnit opens and closes it on one thread; the step in between may come from the thread of a {@code @Timeout}, which JUnit
 * waits for.
 */
final class TestCheck implements AutoCloseable {

    private final ExtensionContext context;
    private CheckConfiguration configuration;
    private @Nullable RuntimeException impossible;
    private @Nullable Run run;
    private @Nullable Judgement judgement;
    private MemoryTracker.@Nullable Mark mark;
    private CacheRelease cache = CacheRelease.NO_DEVICE;
    private @Nullable TrackerException blind;
    private boolean begun;
    private @Nullable CheckRecording recording;

    private TestCheck(ExtensionContext context, CheckConfiguration configuration) {
        this.context = context;
        this.configuration = configuration;
        long began = System.nanoTime();
        try {
            Run shared = Run.of(context);
            if (shared.settings().mode() != Mode.OFF) {
                this.run = shared;
                this.judgement = new Judgement(shared, context, configuration);
                this.mark = shared.tracker().mark();
                shared.log().debug(() -> "marked the state before " + SubjectNames.of(context));
            }
        } catch (TrackerException unmarked) {
            this.blind = unmarked;
        } catch (RuntimeException failed) {
            this.impossible = failed;
        }
        if (run != null && judgement != null) {
            this.recording = new CheckRecording(run.recorder(), context, began, mark);
        }
    }

    /** Returns the check of a test, made and marked at the first call. */
    static TestCheck open(ExtensionContext context, CheckConfiguration configuration) {
        TestCheck check = ContextStore.keep(
                context, "test " + context.getUniqueId(), TestCheck.class, () -> new TestCheck(context, configuration));
        check.adopt(configuration);
        return check;
    }

    /** Takes what is configured in code where the annotation, which came first, stands beside it. */
    private void adopt(CheckConfiguration code) {
        Run shared = run;
        if (shared != null && impossible == null && configuration.yieldsTo(code)) {
            configuration = code;
            judgement = new Judgement(shared, context, code);
        }
    }

    /** Notes that the test runs: one that is disabled is never judged. */
    void begin() {
        begun = true;
        if (impossible != null) {
            throw impossible;
        }
    }

    /** Clears the program caches of the open devices; what goes wrong is kept for the verdict. */
    void clearProgramCaches() {
        Run shared = run;
        MemoryTracker.Mark since = mark;
        CheckRecording record = recording;
        if (shared == null || since == null || record == null) {
            return;
        }
        long began = System.nanoTime();
        try {
            List<TtDevice> open = shared.devices().openDevices(context);
            open.forEach(device -> shared.recorder().device(device.getClass()));
            cache = new ProgramCaches(shared.tracker(), shared.log()).clear(open, since);
        } catch (TrackerException unmeasured) {
            blind = unmeasured;
        }
        record.cleared(cache, began);
    }

    @Override
    public void close() {
        Run shared = run;
        Judgement rules = judgement;
        CheckRecording record = recording;
        if (shared == null || rules == null || record == null) {
            return;
        }
        long beganToJudge = System.nanoTime();
        MemoryTracker.Mark since = mark;
        context.getExecutionException()
                .filter(failure -> !(failure instanceof TestAbortedException))
                .ifPresent(failure -> HeldMemory.noteOn(failure, SubjectNames.subject(context), shared));
        try (since) {
            boolean failed = context.getExecutionException().isPresent();
            if (begun || failed) {
                shared.testJudged();
                judge(shared, rules, since, failed, record, beganToJudge);
            }
        }
    }

    private void judge(
            Run shared,
            Judgement rules,
            MemoryTracker.@Nullable Mark since,
            boolean failed,
            CheckRecording record,
            long beganToJudge) {
        Sentence sentence = new Sentence(shared, context);
        if (since == null || blind != null) {
            record.end(beganToJudge);
            sentence.inconclusive(blind == null ? new TrackerException("the state was not marked") : blind);
            return;
        }
        Judgement.Outcome outcome;
        try {
            outcome = rules.judge(since, UnaryOperator.identity(), MemoryTotals.NONE, cache, !failed);
            shared.tracker().requestDump();
            record.judged(outcome);
        } catch (TrackerException unmeasured) {
            record.end(beganToJudge);
            sentence.inconclusive(unmeasured);
            return;
        }
        Optional<RepetitionSeries> series = RepetitionSeries.of(shared, context, rules);
        boolean leftOut = failed || outcome.leak().isPresent();
        series.ifPresent(of -> of.add(since, outcome, cache, leftOut));
        record.end(beganToJudge);
        outcome.leak().ifPresent(sentence::fail);
        if (series.isEmpty() && !failed) {
            shared.waivers().gone(rules.name(), rules.rules().methodWaivers()).ifPresent(sentence::fail);
        }
    }
}
