package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.List;

/**
 * Memory that grew in every repetition, or in nearly all of many. All figures in bytes.
 *
 * @param pool the kind of memory, and the device
 * @param after what was held after each repetition
 * @param deltas how much each repetition added, the warm-ups included
 * @param warmups how many repetitions at the start were not judged
 * @param tolerance what a repetition may add
 */
public record GrowthFinding(MemoryPool pool, List<Long> after, List<Long> deltas, int warmups, long tolerance)
        implements GrowthResult {}
