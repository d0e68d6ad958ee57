package io.github.ttmemorycheck.internal.attach;

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
}
