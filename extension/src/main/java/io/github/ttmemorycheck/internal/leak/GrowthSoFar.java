package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Whether the repetitions so far may come to growth. It is asked after each of them, so it counts instead of looking
 * at all of them again: thousands would cost more from one to the next.
 */
public final class GrowthSoFar {

    private final int warmups;
    private final long toleranceBytes;
    private final IntPredicate devices;
    private final Map<MemoryPool, Integer> grew = new HashMap<>();
    private int repetitions;
    private int judged;
    private int mostOften;

    /**
     * Begins with no repetition.
     *
     * @param warmups how many repetitions at the start are not judged, 0 or more
     * @param toleranceBytes what a repetition may add, in bytes, 0 or more
     * @param devices the devices to look at
     */
    public GrowthSoFar(int warmups, long toleranceBytes, IntPredicate devices) {
        this.warmups = warmups;
        this.toleranceBytes = toleranceBytes;
        this.devices = devices;
    }

    /** Counts a repetition; one after the warm-ups that filled caches is no part of the series of memory. */
    public void add(Repetition repetition) {
        repetitions++;
        if (repetitions <= warmups || repetition.filled()) {
            return;
        }
        judged++;
        if (!repetition.mayHaveAdded()) {
            return;
        }
        for (MemoryPool pool : repetition.held().pools()) {
            if (devices.test(pool.device()) && repetition.added(pool) > toleranceBytes) {
                mostOften = Math.max(mostOften, grew.merge(pool, 1, Integer::sum));
            }
        }
    }

    /** Returns whether warm-ups are not over, or something grew in more than half of the repetitions that count. */
    public boolean isPossible() {
        return repetitions <= warmups || 2 * mostOften > judged;
    }
}
