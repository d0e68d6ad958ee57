package io.github.ttmemorycheck.internal.leak;

import java.util.List;

/** Something that grew in every repetition of a test. */
public sealed interface GrowthResult permits GrowthFinding, CacheEntryGrowth {

    /**
     * Returns by how much each repetition changed it, the warm-ups included.
     *
     * @return a delta for each repetition
     */
    List<Long> deltas();

    /**
     * Returns how many repetitions at the start were not judged.
     *
     * @return 0 or more
     */
    int warmups();

    /**
     * Returns the deltas that were judged.
     *
     * @return at least two, all positive
     */
    default List<Long> judged() {
        return deltas().subList(warmups(), deltas().size());
    }
}
