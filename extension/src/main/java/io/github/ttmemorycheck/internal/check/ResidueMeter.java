package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.diagnosis.LateFrees;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Measures what is left since a mark, once everything that belongs to a test or class is closed: clears caches that
 * filled again, collects garbage where that can change the result, and waits, with a bound, for what is left to go.
 */
record ResidueMeter(Run run, Subject subject) {

    private static final long FIRST_WAIT_NANOS = 1_000_000;
    private static final long LONGEST_WAIT_NANOS = 20_000_000;

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

    /** What forced collections came to, and how long they took. */
    private record Collected(SnapshotDiff left, ForcedCollection.Result result, long freed, long nanos) {}

    /** What waiting came to. */
    private record Settled(SnapshotDiff left, Duration waited) {}

    /**
     * Measures.
     *
     * @param devices the devices that are open when it is asked for
     * @param mark since when
     * @param own takes out of a diff what is charged to others
     * @param allowed whether a diff may be left; waiting ends there
     */
    Residue measure(
            Supplier<List<TtDevice>> devices,
            MemoryTracker.Mark mark,
            UnaryOperator<SnapshotDiff> own,
            Predicate<SnapshotDiff> allowed) {
        MemoryTracker tracker = run.tracker();
        Supplier<SnapshotDiff> left = () -> own.apply(tracker.since(mark));
        clearAgain(devices.get(), mark);
        Collected collected = collect(left);
        Settled settled = settle(collected.left(), left, allowed);
        ForcedCollection.Result collections = collected.result();
        return new Residue(
                settled.left(),
                new Measurement(settled.waited(), collections.collections(), collections.note(), run.trackedBy()),
                collected.freed() == 0
                        ? List.of()
                        : List.of(ByteSize.format(collected.freed())
                                + " were freed by garbage collection, not by close()"),
                new LateFrees(collected.freed(), Math.max(0, bytes(collected.left()) - bytes(settled.left()))),
                collected.nanos());
    }

    private void clearAgain(List<TtDevice> open, MemoryTracker.Mark mark) {
        String why = new ProgramCaches(run.tracker(), run.log())
                .clearFilled(open, mark)
                .notCleared();
        if (!why.isEmpty()) {
            run.log().warn(subject + ": the program cache was not cleared: " + why);
        }
    }

    private Collected collect(Supplier<SnapshotDiff> left) {
        SnapshotDiff before = left.get();
        if (!run.settings().gc().collects(run.tracker().knowsBuffers(), before.isClean())) {
            return new Collected(before, ForcedCollection.Result.NONE, 0, 0);
        }
        long began = System.nanoTime();
        ForcedCollection.Result result = new ForcedCollection().until(() -> bytes(left.get()));
        run.log().debug(() -> subject + ": forced " + result.collections() + " garbage collections");
        if (!result.note().isEmpty()) {
            run.log().warn(subject + ": " + result.note());
        }
        SnapshotDiff after = left.get();
        return new Collected(after, result, Math.max(0, bytes(before) - bytes(after)), System.nanoTime() - began);
    }

    private Settled settle(SnapshotDiff unsettled, Supplier<SnapshotDiff> measure, Predicate<SnapshotDiff> allowed) {
        if (allowed.test(unsettled)) {
            return new Settled(unsettled, Duration.ZERO);
        }
        long start = System.nanoTime();
        long bound = run.settings().settle().toNanos();
        long wait = FIRST_WAIT_NANOS;
        SnapshotDiff left = unsettled;
        boolean passes = false;
        while (!passes && System.nanoTime() - start < bound) {
            Pause.nanos(Math.min(wait, Math.max(1, bound - (System.nanoTime() - start))));
            wait = Math.min(LONGEST_WAIT_NANOS, wait * 2);
            left = measure.get();
            passes = allowed.test(left);
        }
        Duration waited = bound == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - start);
        if (passes) {
            run.log().info(subject + ": what was left went after " + waited.toMillis() + " ms; it was freed late");
        }
        return new Settled(left, waited);
    }

    private static long bytes(SnapshotDiff diff) {
        MemoryTotals left = diff.leftTotals();
        return ByteSize.sum(Stream.of(MemoryKind.values()).mapToLong(left::of));
    }
}
