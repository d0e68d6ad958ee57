package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.snapshot.MemoryTotals;

/** A remembered survey, which later ones are compared with. Immutable. */
public final class Sighting {

    private final Survey survey;
    private final long endedBefore;

    Sighting(Survey survey, long endedBefore) {
        this.survey = survey;
        this.endedBefore = endedBefore;
    }

    /** Returns what was held. */
    public MemoryTotals totals() {
        return survey.totals();
    }

    Survey survey() {
        return survey;
    }

    /** How many processes had ended by then that held memory. */
    long endedBefore() {
        return endedBefore;
    }
}
