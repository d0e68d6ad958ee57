package io.github.ttmemorycheck.internal.check;

import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The attributes of the check in force, all of them valid.
 *
 * @param devices the devices to judge
 * @param warmups how many repetitions may fill caches
 * @param growthTolerance what a repetition may add, in bytes
 * @param warmCaches whether the program caches stay as they are until the tests of the class are through; empty where
 *     the setting decides
 */
public record CheckAttributes(IntPredicate devices, int warmups, long growthTolerance, Optional<Boolean> warmCaches) {

    /** All devices, one warm-up, no tolerance, caches cleared after each test. */
    public static final CheckAttributes DEFAULTS = new CheckAttributes(device -> true, 1, 0, Optional.empty());
}
