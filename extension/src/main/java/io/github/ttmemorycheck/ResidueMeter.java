package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.diagnosis.LateFrees;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Measures what is left since a mark, once everything that belongs to a test or class is closed: clears caches that filled
 * again, collects garbage where that can change the result, and waits, with a bound, for what is left to go.
 */
final class ResidueMeter {

    private static final long FIRST_WAIT_NANOS = 1_000_000;
    private static final long LONGEST_WAIT_NANOS = 20_000_000;

    private final Run run;
    private final MemoryTracker tracker;
    private final Pause pause;

    /**
     * What was measured.
     *
     * @param residue what is left, and charged to nobody else
     * @param how how it was measured
     * @param notes what happened meanwhile, a sentence each
     * @param late what went only while it was measured
     * @param collectedNanos how long garbage collections took that were forced
     */
    record Residue(SnapshotDiff residue, Measurement how, List<String> notes, LateFrees late, long collectedNanos) {}

    ResidueMeter(Run run, Pause pause) {
        this.run = run;
        this.tracker = run.tracker();
        this.pause = pause;
    }

    /**
     * Measures.
     *
     * @param mark since when
     * @param own takes out of a diff what is charged to others
     * @param allowed whether a diff may be left; waiting ends there
     */
    Residue measure(
            ExtensionContext context,
            MemoryTracker.Mark mark,
            UnaryOperator<SnapshotDiff> own,
            Predicate<SnapshotDiff> allowed) {
        List<String> notes = new ArrayList<>();
        clearAgain(context, mark);
        SnapshotDiff left = own.apply(tracker.since(mark));
        long freedByCollection = 0;
        ForcedCollection.Outcome collected = ForcedCollection.Outcome.NONE;
        long collectedNanos = 0;
        if (run.settings().gc().collects(tracker.knowsBuffers(), left.isClean())) {
            long began = pause.nanoTime();
            collected = new ForcedCollection(pause).until(() -> bytes(own.apply(tracker.since(mark))));
            int collections = collected.collections();
            run.log().debug(() -> SubjectNames.of(context) + ": forced " + collections + " garbage collections");
            if (!collected.note().isEmpty()) {
                run.log().warn(SubjectNames.of(context) + ": " + collected.note());
            }
            SnapshotDiff after = own.apply(tracker.since(mark));
            freedByCollection = noteFreedByCollection(left, after, notes);
            left = after;
            collectedNanos = pause.nanoTime() - began;
        }
        long start = pause.nanoTime();
        long bound = run.settings().settle().toNanos();
        long wait = FIRST_WAIT_NANOS;
        boolean waited = false;
        SnapshotDiff unsettled = left;
        while (!allowed.test(left) && pause.nanoTime() - start < bound) {
            waited = true;
            pause.nanos(Math.min(wait, Math.max(1, bound - (pause.nanoTime() - start))));
            wait = Math.min(LONGEST_WAIT_NANOS, wait * 2);
            left = own.apply(tracker.since(mark));
        }
        Duration settled = waited ? Duration.ofNanos(pause.nanoTime() - start) : Duration.ZERO;
        if (waited && allowed.test(left)) {
            run.log()
                    .info(SubjectNames.of(context) + ": what was left went after " + settled.toMillis()
                            + " ms; it was freed late");
        }
        return new Residue(
                left,
                new Measurement(settled, collected.collections(), collected.note(), run.trackedBy()),
                notes,
                waited || freedByCollection > 0
                        ? new LateFrees(freedByCollection, Math.max(0, bytes(unsettled) - bytes(left)))
                        : LateFrees.NONE,
                collectedNanos);
    }

    private void clearAgain(ExtensionContext context, MemoryTracker.Mark mark) {
        new ProgramCaches(tracker, run.log())
                .clearFilled(run.devices().openDevices(context), mark)
                .notCleared()
                .ifPresent(why ->
                        run.log().warn(SubjectNames.of(context) + ": the program cache was not cleared: " + why));
    }

    private long noteFreedByCollection(SnapshotDiff before, SnapshotDiff after, List<String> notes) {
        long freed = bytes(before) - bytes(after);
        if (freed > 0) {
            notes.add(ByteSize.format(freed) + " were freed by garbage collection, not by close()");
        }
        return Math.max(0, freed);
    }

    private static long bytes(SnapshotDiff diff) {
        MemoryTotals left = diff.leftTotals();
        long sum = 0;
        for (MemoryKind kind : MemoryKind.values()) {
            sum = Math.max(sum, sum + left.of(kind));
        }
        return sum;
    }
}
