package io.github.ttmemorycheck.internal.check;

import java.util.function.IntPredicate;

/**
 * The attributes of the check in force, all of them valid.
 *
 * @param devices the devices to judge
 * @param warmups how many repetitions may fill caches
 * @param growthTolerance what a repetition may add, in bytes
 */
public record CheckAttributes(IntPredicate devices, int warmups, long growthTolerance) {

    /** All devices, one warm-up, no tolerance. */
    public static final CheckAttributes DEFAULTS = new CheckAttributes(device -> true, 1, 0);
}
