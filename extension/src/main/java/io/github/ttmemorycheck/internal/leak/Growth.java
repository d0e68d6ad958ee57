package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rule for growth. Each repetition has a delta: what is held after it less what was held after the one before. The
 * deltas of the warm-ups are dropped; memory grew when at least two remain and every one of them exceeds the tolerance,
 * or when there are many and nearly all of them do, as {@link GrowthRule} states. A cache that fills once has a delta
 * of 0 in a later repetition, and does not grow.
 *
 * <p>The entries of program caches grew when every repetition added some: one that added none has found its programs
 * again, which no series of unstable keys does.
 *
 * @param warmups how many repetitions at the start are not judged, 0 or more
 * @param toleranceBytes what a repetition may add, in bytes, 0 or more; for entries of a cache it is always 0
 */
public record Growth(int warmups, long toleranceBytes) {

    /** Checks the limits. */
    public Growth {
        if (warmups < 0 || toleranceBytes < 0) {
            throw new IllegalArgumentException(
                    "warm-ups and tolerance must be 0 or more, not " + warmups + " and " + toleranceBytes + " bytes");
        }
    }

    /**
     * Judges the repetitions of one test.
     *
     * @param devices the devices to look at
     * @param repetitions the repetitions that count, in their order
     * @return what grew, by device and kind, the entries of the program caches last; empty when nothing did
     */
    public List<GrowthResult> judge(IntPredicate devices, List<Repetition> repetitions) {
        List<GrowthResult> grown = new ArrayList<>();
        List<Boolean> filling = filling(repetitions);
        for (MemoryPool pool : pools(devices, repetitions)) {
            List<Long> deltas =
                    figures(repetitions, repetition -> of(repetition.held(), pool) - of(repetition.before(), pool));
            List<Long> held = figures(repetitions, repetition -> of(repetition.held(), pool));
            GrowthFinding finding = new GrowthFinding(pool, held, deltas, warmups, toleranceBytes);
            List<Boolean> growth = growth(finding);
            if (GrowthRule.isMetByEach(growth)
                    || (finding.total() > 0 && GrowthRule.isMetByNearlyAll(without(filling, growth)))) {
                grown.add(finding);
            }
        }
        List<Long> deltas = figures(repetitions, repetition -> repetition.entries() - repetition.entriesBefore());
        CacheEntryGrowth programs = new CacheEntryGrowth(figures(repetitions, Repetition::entries), deltas, warmups);
        if (GrowthRule.isMetByEach(growth(programs))) {
            grown.add(programs);
        }
        return List.copyOf(grown);
    }

    /** Returns whether more repetitions like these may come to growth: something grew in more than half of them. */
    public boolean isPossible(IntPredicate devices, List<Repetition> repetitions) {
        return pools(devices, repetitions).stream().anyMatch(pool -> {
            List<Long> deltas =
                    figures(repetitions, repetition -> of(repetition.held(), pool) - of(repetition.before(), pool));
            long grew = deltas.stream()
                    .skip(warmups)
                    .filter(delta -> delta > toleranceBytes)
                    .count();
            return 2 * grew > deltas.size() - warmups;
        });
    }

    /** Returns of each repetition whether the program caches held more programs after it than ever before. */
    private List<Boolean> filling(List<Repetition> repetitions) {
        List<Boolean> filling = new ArrayList<>();
        long most = 0;
        for (Repetition repetition : repetitions) {
            filling.add(repetition.entries() > most);
            most = Math.max(most, repetition.entries());
        }
        return filling.stream().skip(warmups).toList();
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

    private static NavigableSet<MemoryPool> pools(IntPredicate devices, List<Repetition> repetitions) {
        NavigableSet<MemoryPool> pools = new TreeSet<>();
        for (Repetition repetition : repetitions) {
            for (int device : repetition.held().devices()) {
                if (devices.test(device)) {
                    Stream.of(MemoryKind.values()).forEach(kind -> pools.add(new MemoryPool(device, kind)));
                }
            }
        }
        return pools;
    }

    private static long of(MemoryTotals totals, MemoryPool pool) {
        return totals.of(pool.device(), pool.kind());
    }

    /** Returns of each repetition after the warm-ups whether it is growth and no pause. */
    private static List<Boolean> growth(GrowthResult result) {
        return result.judged().stream().map(result::isGrowth).toList();
    }

    private static List<Long> figures(List<Repetition> repetitions, ToLongFunction<Repetition> figure) {
        return repetitions.stream().map(figure::applyAsLong).toList();
    }
}
