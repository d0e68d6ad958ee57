package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The check of a class as a whole, kept in the store of its context and closed with it: what its tests and its lifecycle
 * methods left together, less what is settled.
 *
 * <p>JUnit opens, uses and closes it on one thread at a time.
 */
final class ClassCheck implements AutoCloseable {

    private final ExtensionContext context;
    private CheckConfiguration configuration;
    private @Nullable RuntimeException impossible;
    private @Nullable Run run;
    private @Nullable Judgement judgement;
    private MemoryTracker.@Nullable Mark mark;
    private @Nullable IdleGuard idle;
    private MemoryTotals chargedBefore = MemoryTotals.NONE;
    private boolean begun;

    private ClassCheck(ExtensionContext context, CheckConfiguration configuration) {
        this.context = context;
        this.configuration = configuration;
        try {
            Run shared = Run.of(context);
            if (shared.settings().mode() != Mode.OFF) {
                this.run = shared;
                this.judgement = new Judgement(shared, context, configuration);
                CheckAttributes.checkMethods(context.getRequiredTestClass());
                BaselineReader.checkMethods(context.getRequiredTestClass());
                WaiverReader.checkMethods(context.getRequiredTestClass());
                this.mark = shared.tracker().mark();
                this.chargedBefore = shared.ledger().charged();
                this.idle = new IdleGuard(shared);
            }
        } catch (RuntimeException failed) {
            this.impossible = failed;
        }
    }

    /** Returns the check of a class, made and marked at the first call. */
    static ClassCheck open(ExtensionContext context, CheckConfiguration configuration) {
        ClassCheck check = ContextStore.keep(
                context,
                "class " + context.getUniqueId(),
                ClassCheck.class,
                () -> new ClassCheck(context, configuration));
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

    /** Throws what keeps the check from working; a tracker that cannot be had is only warned of where that is set. */
    void begin() {
        begun = true;
        Run shared = run;
        if (impossible instanceof TrackerException blind && shared != null) {
            new Sentence(shared, context).inconclusive(blind);
        } else if (impossible != null) {
            throw impossible;
        }
    }

    @Override
    public void close() {
        Run shared = run;
        Judgement rules = judgement;
        MemoryTracker.Mark since = mark;
        if (shared == null || rules == null || since == null) {
            return;
        }
        try (since) {
            if (begun || context.getExecutionException().isPresent()) {
                judge(shared, rules, since);
            }
        }
    }

    private void judge(Run shared, Judgement rules, MemoryTracker.Mark since) {
        Sentence sentence = new Sentence(shared, context);
        boolean sound = context.getExecutionException().isEmpty();
        long began = System.nanoTime();
        CheckRecording record = new CheckRecording(shared.recorder(), context, began, since);
        try {
            CacheRelease cache = new ProgramCaches(shared.tracker(), shared.log())
                    .clearFilled(shared.devices().openDevices(context), since);
            Judgement.Outcome outcome =
                    rules.judge(since, diff -> unsettled(shared, diff), chargedSince(shared), cache, sound);
            record.judged(outcome);
            record.end(began);
            outcome.leak().ifPresent(sentence::fail);
        } catch (TrackerException unmeasured) {
            record.end(began);
            sentence.inconclusive(unmeasured);
            return;
        }
        if (sound) {
            shared.waivers()
                    .gone(rules.name(), WaiverReader.of(context.getRequiredTestClass()))
                    .ifPresent(sentence::fail);
        }
        if (idle != null) {
            idle.judge(context, sentence);
        }
    }

    /** What was charged to tests and nested classes of this one, where buffers are not known. */
    private MemoryTotals chargedSince(Run run) {
        return run.ledger().charged().risenSince(chargedBefore);
    }

    /** A tracker that names buffers only now and then is judged by totals here: its tests may have been. */
    private static SnapshotDiff unsettled(Run run, SnapshotDiff diff) {
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
}
