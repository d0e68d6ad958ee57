package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.List;

/**
 * Memory that grew in every repetition. All figures in bytes.
 *
 * @param pool the kind of memory, and the device
 * @param heldAfter what was held after each repetition
 * @param deltas how much each repetition added, the warm-ups included
 * @param warmups how many repetitions at the start were not judged
 */
public record GrowthFinding(MemoryPool pool, List<Long> heldAfter, List<Long> deltas, int warmups)
        implements GrowthResult {

    /** Copies the figures. */
    public GrowthFinding {
        heldAfter = List.copyOf(heldAfter);
        deltas = List.copyOf(deltas);
    }

    /** Returns what was held after the last repetition. */
    public long heldAtLast() {
        return heldAfter.get(heldAfter.size() - 1);
    }
}
