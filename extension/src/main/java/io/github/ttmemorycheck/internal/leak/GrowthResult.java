package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.ByteSize;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Something that grew in every repetition of a test, or in nearly all of many. */
public sealed interface GrowthResult permits GrowthFinding, CacheEntryGrowth {

    /** Returns how much each repetition added, the warm-ups included. */
    List<Long> deltas();

    /** Returns how many repetitions at the start were not judged. */
    int warmups();

    /** Returns what a repetition may add; one that adds no more is a pause. */
    long tolerance();

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

    /** Returns the deltas of the repetitions after the warm-ups, which are judged; those of pauses included. */
    default List<Long> judged() {
        return deltas().subList(Math.min(warmups(), deltas().size()), deltas().size());
    }

    /** Returns whether a delta is growth and no pause. */
    default boolean isGrowth(long delta) {
        return delta > tolerance();
    }

    /** Returns what the judged repetitions added in all, less what was given back in pauses. */
    default long total() {
        return sum(judged(), 1) - sum(judged(), -1);
    }

    private static long sum(List<Long> deltas, int sign) {
        return ByteSize.sum(deltas.stream().mapToLong(delta -> Math.max(0, sign * delta)));
    }

    /** Returns in how many repetitions it grew, the warm-ups included. */
    default int timesGrown() {
        return (int) deltas().stream().filter(this::isGrowth).count();
    }

    /** Returns in how many of the repetitions that were judged it grew. */
    default int timesGrownAsJudged() {
        return (int) growth().count();
    }

    /** Returns the smallest growth that was judged: what every repetition added at least that was no pause. */
    default long least() {
        return growth().min().orElseThrow();
    }

    /** Returns the largest growth that was judged. */
    default long most() {
        return growth().max().orElseThrow();
    }

    /** Returns whether every repetition that was judged, and was no pause, added the same. */
    default boolean isEven() {
        return least() == most();
    }

    private LongStream growth() {
        return judged().stream().mapToLong(Long::longValue).filter(this::isGrowth);
    }
}
