package io.github.ttmemorycheck.internal.check;

import java.util.concurrent.locks.LockSupport;

/** The clock and the only way to wait, so that tests can give their own. Monotonic. */
public interface Pause {

    /** The real clock. */
    Pause SYSTEM = new Pause() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void nanos(long nanos) {
            boolean interrupted = Thread.interrupted();
            LockSupport.parkNanos(nanos);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    };

    /** Returns the time, as {@link System#nanoTime()} does. */
    long nanoTime();

    /** Waits about so long, also in an interrupted thread, which stays interrupted. */
    void nanos(long nanos);

    /** Waits about a millisecond. */
    default void oneMillisecond() {
        nanos(1_000_000);
    }
}
