package io.github.ttmemorycheck.internal.attach;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits that an interrupt does not shorten, since a test's thread may be interrupted while it is measured. */
final class Waiting {

    private Waiting() {}

    /** Waits; an interrupt is kept. */
    static void nanos(long nanos) {
        long until = System.nanoTime() + nanos;
        boolean interrupted = Thread.interrupted();
        for (long rest = nanos; rest > 0; rest = until - System.nanoTime()) {
            LockSupport.parkNanos(rest);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says how long was waited, for a message. */
    static String text(long nanos) {
        return nanos >= 1_000_000_000
                ? TimeUnit.NANOSECONDS.toSeconds(nanos) + " s"
                : TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
    }
}
