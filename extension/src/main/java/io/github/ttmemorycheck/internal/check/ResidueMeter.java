package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.diagnosis.LateFrees;
import io.github.ttmemorycheck.internal.settings.GcMode;
import io.github.ttmemorycheck.internal.sites.FreeWitness;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Measures what is left since a mark, once everything that belongs to a test or class is closed: clears caches that
 * filled again, lets go what goes by itself, collects garbage where that can change the result, and waits, with a
 * bound, for what is left to go. What is allowed ends it at once.
 */
record ResidueMeter(Run run, Subject subject) {

    private static final long FIRST_WAIT_NANOS = 1_000_000;
    private static final long LONGEST_WAIT_NANOS = 20_000_000;

    /**
     * How long nothing may change before a collection, so that what goes then goes by the collection: a queue that is
     * being worked off shows within it.
     */
    private static final long QUIET_NANOS = 10_000_000;

    private static final long QUIET_AT_MOST_NANOS = 100_000_000;

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

    /** What forced collections came to, what went before and beside them, and how long they took. */
    private record Collected(SnapshotDiff left, ForcedCollection.Result result, LateFrees late, long nanos) {}

    /** What was left when nothing changed any more, or the time for that was over. */
    private record Quiet(SnapshotDiff left, boolean reached) {}

    /** What waiting came to. */
    private record Settled(SnapshotDiff left, Duration waited) {}

    /**
     * Measures.
     *
     * @param known the open devices and the named caches when it is asked for
     * @param clearsAgain whether program caches that filled again are cleared
     * @param mark since when
     * @param own takes out of a diff what is charged to others
     * @param allowed whether a diff may be left; waiting ends there
     * @param growing whether what is left of a repetition may still count as growth, though it is allowed
     */
    Residue measure(
            Supplier<Clearables> known,
            boolean clearsAgain,
            MemoryTracker.Mark mark,
            UnaryOperator<SnapshotDiff> own,
            Predicate<SnapshotDiff> allowed,
            BooleanSupplier growing) {
        MemoryTracker tracker = run.tracker();
        Supplier<SnapshotDiff> left = () -> own.apply(run.shared().without(Overlaps.countedOnce(tracker.since(mark))));
        List<TtDevice> open = known.get().devices();
        if (clearsAgain) {
            clearAgain(open, mark);
        }
        SnapshotDiff first = left.get();
        Collected collected = collects(first, allowed, growing)
                ? collect(first, left, allowed, canBeGarbage(first, open))
                : new Collected(first, ForcedCollection.Result.NONE, LateFrees.NONE, 0);
        if (!tracker.knowsBuffers()) {
            run.garbage().checked(collected.left().after(), collected.result().collections() > 0);
        }
        Settled settled = settle(collected.left(), left, allowed);
        ForcedCollection.Result collections = collected.result();
        long later = settled.waited().isZero() ? 0 : Math.max(0, bytes(collected.left()) - bytes(settled.left()));
        return new Residue(
                settled.left(),
                new Measurement(settled.waited(), collections.collections(), collections.note(), run.trackedBy()),
                notes(collected.late()),
                collected.late().andWhileSettling(later),
                collected.nanos());
    }

    private static List<String> notes(LateFrees late) {
        return Stream.of(
                        said(late.byCollection(), " freed by garbage collection, not by close()"),
                        said(late.inBackground(), " freed in the background meanwhile"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> said(long bytes, String what) {
        return bytes == 0 ? List.of() : List.of(ByteSize.format(bytes) + " were" + what);
    }

    private void clearAgain(List<TtDevice> open, MemoryTracker.Mark mark) {
        String why = new ProgramCaches(run.tracker(), run.log())
                .clearFilled(new Clearables(open, List.of(), List.of(), List.of()), mark)
                .notCleared();
        if (!why.isEmpty()) {
            run.log().warn(subject + ": the program cache was not cleared: " + why);
        }
    }

    /**
     * Returns whether a collection can change the verdict, now or later: where what is left would fail, where it is
     * recorded as a baseline or may add up to growth, and where memory that is not known by its buffers rose since the
     * last collection, since garbage that is freed in a later test would hide that test's leak.
     */
    private boolean collects(SnapshotDiff left, Predicate<SnapshotDiff> allowed, BooleanSupplier growing) {
        return switch (run.settings().gc()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                !allowed.test(left)
                        || (!left.isClean() && (run.settings().baselineRecord() || growing.getAsBoolean()))
                        || (!run.tracker().knowsBuffers()
                                && run.garbage()
                                        .mayHaveComeTo(
                                                left.after(),
                                                pool -> !run.tracker().knowsBuffers(pool)));
        };
    }

    /** Returns whether something of this JVM may hold what is left: it reported it, or a device of it is known. */
    private static boolean canBeGarbage(SnapshotDiff left, List<TtDevice> open) {
        long self = ProcessHandle.current().pid();
        return !open.isEmpty()
                || !left.buffersKnown()
                || left.left().stream().anyMatch(buffer -> buffer.processId() == self);
    }

    private Collected collect(
            SnapshotDiff first, Supplier<SnapshotDiff> left, Predicate<SnapshotDiff> allowed, boolean patiently) {
        try (FreeWitness witness = FreeWitness.open()) {
            Quiet quiet = letGo(first, left);
            LateFrees before = wentByItself(first, quiet.left(), witness);
            if (run.settings().gc() == GcMode.AUTO && !before.equals(LateFrees.NONE) && allowed.test(quiet.left())) {
                return new Collected(quiet.left(), ForcedCollection.Result.NONE, before, 0);
            }
            long began = System.nanoTime();
            ForcedCollection.Result result = new ForcedCollection(patiently).until(() -> bytes(left.get()));
            SnapshotDiff after = left.get();
            run.log().debug(() -> subject + ": forced " + result.collections() + " garbage collections");
            if (!result.note().isEmpty()) {
                run.log().warn(subject + ": " + result.note());
            }
            long went = Math.max(0, bytes(quiet.left()) - bytes(after));
            // Where something went by itself all the time, only what Cleaners freed is known to have been garbage.
            long collected = quiet.reached() ? went : Math.min(went, garbage(quiet.left(), after, witness));
            return new Collected(
                    after,
                    result,
                    before.andByCollection(collected).andInBackground(went - collected),
                    System.nanoTime() - began);
        }
    }

    /** Returns what went before a collection was forced: by one that the JVM made by itself, or in the background. */
    private static LateFrees wentByItself(SnapshotDiff first, SnapshotDiff left, FreeWitness witness) {
        long went = Math.max(0, bytes(first) - bytes(left));
        long collected = Math.min(went, garbage(first, left, witness));
        return LateFrees.NONE.andByCollection(collected).andInBackground(went - collected);
    }

    /** Returns how much of what went was freed by Cleaners. */
    private static long garbage(SnapshotDiff earlier, SnapshotDiff later, FreeWitness witness) {
        return Gone.between(earlier, later)
                .of(buffer -> witness.who(buffer) == FreeWitness.By.COLLECTOR)
                .sum();
    }

    /** Waits until nothing goes by itself any more, with a bound; not where nothing is left, or nobody may free it. */
    private static Quiet letGo(SnapshotDiff first, Supplier<SnapshotDiff> measure) {
        SnapshotDiff left = first;
        long start = System.nanoTime();
        long changed = start;
        while (!left.isClean() && System.nanoTime() - changed < QUIET_NANOS) {
            if (System.nanoTime() - start >= QUIET_AT_MOST_NANOS) {
                return new Quiet(left, false);
            }
            Pause.nanos(FIRST_WAIT_NANOS);
            SnapshotDiff now = measure.get();
            if (bytes(now) != bytes(left)) {
                changed = System.nanoTime();
            }
            left = now;
        }
        return new Quiet(left, true);
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
            run.log().info(subject + ": what was left went after " + Wording.time(waited) + "; it was freed late");
        }
        return new Settled(left, waited);
    }

    private static long bytes(SnapshotDiff diff) {
        return diff.leftTotals().sum();
    }
}
