package io.github.ttmemorycheck.internal.leak;

import java.util.List;

/**
 * When a series of repetitions grew. Each of them, the warm-ups left out, is either growth or a pause: what it added
 * exceeds the tolerance, or does not.
 */
final class GrowthRule {

    /** With fewer, a trend cannot be distinguished from a single event. */
    private static final int LEAST_REPETITIONS = 2;

    /** With fewer, a leak that paused looks like a cache that met something new in most of them. */
    private static final int LEAST_WITH_PAUSES = 10;

    /** Of so many repetitions, one may be a pause. */
    private static final int ONE_PAUSE_OF = 6;

    /** Growth that has not been seen for so long at the end of the series is over, as it is in a cache that is full. */
    private static final int LAST = 2;

    private GrowthRule() {}

    /** Returns whether each of at least two repetitions is growth. */
    static boolean isMetByEach(List<Boolean> growth) {
        return growth.size() >= LEAST_REPETITIONS && pauses(growth) == 0;
    }

    /**
     * Returns whether nearly all of at least ten repetitions are growth: at most one of six is a pause, and so in the
     * later half, where one always may be; and one of the last two is growth. A leak goes on as it began; a cache fills
     * more and more slowly, and then no more.
     */
    static boolean isMetByNearlyAll(List<Boolean> growth) {
        if (growth.size() < LEAST_WITH_PAUSES) {
            return false;
        }
        List<Boolean> later = growth.subList(growth.size() / 2, growth.size());
        List<Boolean> last = growth.subList(growth.size() - LAST, growth.size());
        return pauses(growth) <= allowedPauses(growth) && pauses(later) <= allowedPauses(later) && pauses(last) < LAST;
    }

    private static int allowedPauses(List<Boolean> growth) {
        return Math.max(1, growth.size() / ONE_PAUSE_OF);
    }

    private static long pauses(List<Boolean> growth) {
        return growth.stream().filter(grew -> !grew).count();
    }
}
