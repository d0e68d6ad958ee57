package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The rule for growth. Each repetition has a delta: what is held after it less what was held after the one before. The
 * deltas of the warm-ups are dropped; memory grew when at least two remain and every one of them exceeds the tolerance,
 * or when there are many and nearly all of them do, as {@link GrowthRule} states. A cache that fills once has a delta
 * of 0 in a later repetition, and does not grow.
 *
 * <p>A repetition that filled caches which are kept is no part of the series of memory: what it added may belong to the
 * programs. As a warm-up it stays in it, since it is not judged then.
 *
 * <p>The entries of program caches grew when every repetition added some that are kept: one that added none has found
 * its programs again, which no series of unstable keys does. That says something only where each repetition calls the
 * same.
 *
 * @param warmups how many repetitions at the start are not judged, 0 or more
 * @param toleranceBytes what a repetition may add, in bytes, 0 or more; for entries of a cache it is always 0
 * @param equalCalls whether each repetition calls the same, so that it finds the programs of the one before
 */
public record Growth(int warmups, long toleranceBytes, boolean equalCalls) {

    /** Checks the limits. */
    public Growth {
        if (warmups < 0 || toleranceBytes < 0) {
            throw new IllegalArgumentException(
                    "warm-ups and tolerance must be 0 or more, not " + warmups + " and " + toleranceBytes + " bytes");
        }
    }

    /** A repetition whose memory is judged, and whether its caches held more programs after it than ever before. */
    private record Judged(Repetition repetition, boolean filling) {}

    /**
     * Judges the repetitions of one test.
     *
     * @param devices the devices to look at
     * @param repetitions the repetitions that count, in their order
     * @return what grew, by device and kind, the entries of the program caches last; empty when nothing did
     */
    public List<GrowthResult> judge(IntPredicate devices, List<Repetition> repetitions) {
        List<GrowthResult> grown = new ArrayList<>();
        List<Judged> series = ofMemory(repetitions);
        List<Boolean> filling =
                series.stream().skip(warmups).map(Judged::filling).toList();
        for (MemoryPool pool : pools(devices, series)) {
            GrowthFinding finding = new GrowthFinding(
                    pool,
                    series.stream().map(of -> of.repetition().held().of(pool)).toList(),
                    deltas(series, pool),
                    warmups,
                    toleranceBytes);
            List<Boolean> growth = growth(finding);
            if (GrowthRule.isMetByEach(growth)
                    || (finding.total() > 0 && GrowthRule.isMetByNearlyAll(without(filling, growth)))) {
                grown.add(finding);
            }
        }
        CacheEntryGrowth programs = new CacheEntryGrowth(
                repetitions.stream().map(Repetition::entries).toList(),
                repetitions.stream()
                        .map(repetition -> repetition.entries() - repetition.entriesBefore())
                        .toList(),
                warmups);
        if (equalCalls && GrowthRule.isMetByEach(growth(programs))) {
            grown.add(programs);
        }
        return List.copyOf(grown);
    }

    private List<Judged> ofMemory(List<Repetition> repetitions) {
        List<Judged> series = new ArrayList<>();
        long most = 0;
        for (int i = 0; i < repetitions.size(); i++) {
            Repetition repetition = repetitions.get(i);
            if (i < warmups || !repetition.filled()) {
                series.add(new Judged(repetition, repetition.entries() > most));
            }
            most = Math.max(most, repetition.entries());
        }
        return series;
    }

    private static List<Long> deltas(List<Judged> series, MemoryPool pool) {
        return series.stream().map(of -> of.repetition().added(pool)).toList();
    }

    /**
     * Leaves out the repetitions that filled the program caches. What was added in them may belong to the programs, so
     * it says nothing of a leak where other repetitions are pauses.
     */
    private static List<Boolean> without(List<Boolean> filling, List<Boolean> growth) {
        return IntStream.range(0, growth.size())
                .filter(i -> !filling.get(i))
                .mapToObj(growth::get)
                .toList();
    }

    /** Returns where any repetition added more than it may. */
    private NavigableSet<MemoryPool> pools(IntPredicate devices, List<Judged> series) {
        NavigableSet<MemoryPool> pools = new TreeSet<>();
        for (Judged judged : series) {
            Repetition repetition = judged.repetition();
            if (repetition.mayHaveAdded()) {
                repetition.held().pools().stream()
                        .filter(pool -> devices.test(pool.device()) && repetition.added(pool) > toleranceBytes)
                        .forEach(pools::add);
            }
        }
        return pools;
    }

    /** Returns of each repetition after the warm-ups whether it is growth and no pause. */
    private static List<Boolean> growth(GrowthResult result) {
        return result.judged().stream().map(result::isGrowth).toList();
    }
}
