package io.github.ttmemorycheck.internal.leak;

import java.util.List;

/**
 * Program caches that got new entries in every repetition.
 *
 * @param after how many programs they held after each repetition
 * @param deltas how many programs each repetition added, the warm-ups included
 * @param warmups how many repetitions at the start were not judged
 */
public record CacheEntryGrowth(List<Long> after, List<Long> deltas, int warmups) implements GrowthResult {

    /** Returns 0: equal calls compile nothing anew. */
    @Override
    public long tolerance() {
        return 0;
    }
}
