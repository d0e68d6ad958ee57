package io.github.ttmemorycheck.internal.leak;

import java.util.List;
import java.util.stream.LongStream;

/** Something that grew in every repetition of a test. */
public sealed interface GrowthResult permits GrowthFinding, CacheEntryGrowth {

    /** Returns how much each repetition added, the warm-ups included. */
    List<Long> deltas();

    /** Returns how many repetitions at the start were not judged. */
    int warmups();

    /** Returns the deltas that were judged: at least two, all positive. */
    default List<Long> judged() {
        return deltas().subList(warmups(), deltas().size());
    }

    /** Returns the smallest delta that was judged: what every repetition added at least. */
    default long least() {
        return judgedFigures().min().orElseThrow();
    }

    /** Returns the largest delta that was judged. */
    default long most() {
        return judgedFigures().max().orElseThrow();
    }

    /** Returns whether every repetition that was judged added the same. */
    default boolean isEven() {
        return least() == most();
    }

    private LongStream judgedFigures() {
        return judged().stream().mapToLong(Long::longValue);
    }
}
