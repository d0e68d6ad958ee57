package io.github.ttmemorycheck.internal.leak;

import java.util.List;

/**
 * Program caches that got new entries in every repetition.
 *
 * @param entries how many programs they held after each repetition
 * @param deltas by how many each repetition changed that, the warm-ups included
 * @param warmups how many of them, at the start, were not judged
 */
public record CacheEntryGrowth(List<Long> entries, List<Long> deltas, int warmups) implements GrowthResult {

    /**
     * Copies the figures.
     *
     * @param entries as the component says
     * @param deltas as the component says
     * @param warmups as the component says
     */
    public CacheEntryGrowth {
        entries = List.copyOf(entries);
        deltas = List.copyOf(deltas);
    }
}
