package io.github.ttmemorycheck.internal.check;

import java.util.concurrent.locks.LockSupport;

/** The only way to wait. */
final class Pause {

    private Pause() {}

    /** Waits about so long, also in an interrupted thread, which stays interrupted. */
    static void nanos(long nanos) {
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(nanos);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
