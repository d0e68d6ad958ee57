package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.TrackerException;

/** How far a check has come. */
sealed interface CheckState {

    /** What the subject is judged by. */
    Rules rules();

    /** Returns the same state with other rules. */
    CheckState with(Rules other);

    /** What was allocated at the mark; nothing where that could not be read. */
    MemoryTotals before();

    /** What was found in the program caches when they were cleared last. */
    CacheRelease cache();

    /**
     * The tracker's state is marked, and what is left is measured from there on.
     *
     * @param mark the mark, open
     */
    record Marked(Rules rules, MemoryTracker.Mark mark, CacheRelease cache) implements CheckState {

        @Override
        public Marked with(Rules other) {
            return new Marked(other, mark, cache);
        }

        @Override
        public MemoryTotals before() {
            return mark.totals();
        }

        /** Closes the mark, since what follows cannot be measured. */
        Blind blinded(TrackerException why) {
            mark.close();
            return new Blind(rules, before(), cache, why);
        }
    }

    /**
     * What the subject leaves cannot be measured.
     *
     * @param why what the tracker could not do
     */
    record Blind(Rules rules, MemoryTotals before, CacheRelease cache, TrackerException why) implements CheckState {

        @Override
        public Blind with(Rules other) {
            return new Blind(other, before, cache, why);
        }
    }

    /** Marks the state of the run's tracker. */
    static CheckState mark(Run run, Rules rules) {
        try {
            return new Marked(rules, run.tracker().mark(), CacheRelease.NO_DEVICE);
        } catch (TrackerException unmarked) {
            return new Blind(rules, MemoryTotals.NONE, CacheRelease.NO_DEVICE, unmarked);
        }
    }
}
