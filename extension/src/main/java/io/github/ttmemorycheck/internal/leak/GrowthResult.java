package io.github.ttmemorycheck.internal.leak;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Something that grew in every repetition of a test. */
public sealed interface GrowthResult permits GrowthFinding, CacheEntryGrowth {

    /** Returns how much each repetition added, the warm-ups included. */
    List<Long> deltas();

    /** Returns how many repetitions at the start were not judged. */
    int warmups();

    /** Returns what grew in memory. */
    static List<GrowthFinding> ofMemory(List<GrowthResult> grown) {
        return grown.stream()
                .flatMap(result -> result instanceof GrowthFinding memory ? Stream.of(memory) : Stream.of())
                .toList();
    }

    /** Returns how the program caches grew, if each repetition added programs. */
    static Optional<CacheEntryGrowth> ofPrograms(List<GrowthResult> grown) {
        return grown.stream()
                .flatMap(result -> result instanceof CacheEntryGrowth programs ? Stream.of(programs) : Stream.of())
                .findFirst();
    }

    /** Returns the figures after each repetition: bytes held, or programs in the caches. */
    List<Long> after();

    /** Returns the figure after the last repetition. */
    default long last() {
        return after().get(after().size() - 1);
    }

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
