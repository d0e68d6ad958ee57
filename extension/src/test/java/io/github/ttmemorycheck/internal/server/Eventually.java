package io.github.ttmemorycheck.internal.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads and processes do, with a bound. */
public final class Eventually {

    private static final Duration BOUND = Duration.ofSeconds(20);

    private Eventually() {}

    public static void isTrue(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + BOUND.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Lets time pass. */
    public static void pause(Duration pause) {
        long deadline = System.nanoTime() + pause.toNanos();
        long rest = pause.toNanos();
        while (rest > 0) {
            LockSupport.parkNanos(rest);
            rest = deadline - System.nanoTime();
        }
    }
}
