package io.github.ttmemorycheck.internal.sharedmemory;

import java.util.function.LongSupplier;

/** How often, and for how long on a clock as {@link System#nanoTime()}, a region is read again while it changes. */
record RetryLimit(int mostPasses, long longestNanos, LongSupplier nanoTime) {

    /** A pass takes about a microsecond; a fifth of a second is more than any writer needs for one update. */
    static final RetryLimit DEFAULT = new RetryLimit(200_000, 200_000_000, System::nanoTime);

    private static final int PASSES_PER_LOOK_AT_THE_CLOCK = 64;

    boolean isReached(int passes, long startNanos) {
        boolean looks = passes % PASSES_PER_LOOK_AT_THE_CLOCK == 0;
        return passes >= mostPasses || (looks && nanoTime.getAsLong() - startNanos >= longestNanos);
    }
}
