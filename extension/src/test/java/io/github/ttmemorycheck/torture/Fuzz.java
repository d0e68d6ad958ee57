package io.github.ttmemorycheck.torture;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Feeds random inputs: 100 000 in the build unless each costs more, and as many as there is time for in the profile {@code torture}. Each has
 * a seed of its own, the one after that of the input before; an input that throws, or does not end, fails with it.
 */
public final class Fuzz {

    /** Inputs of the ordinary build. */
    private static final int INPUTS = 100_000;

    /** Share of each of the fuzzers of the whole time, in percent. */
    private static final int SHARE = 8;

    /** Processor time for one input; not time of the clock, which others on the machine take. */
    private static final long MOST_NANOS = 1_000_000_000;

    /** After so long without an end an input hangs. */
    private static final long HANGS_AFTER_NANOS = 60_000_000_000L;

    private final String what;
    private final int inputs;
    private final Input input;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile long current;
    private volatile long startNanos = System.nanoTime();
    private volatile boolean stopped;

    /** What one input is fed to: throws for what may not be, whatever the input. */
    @FunctionalInterface
    public interface Input {

        void feed(SplittableRandom random) throws Exception;
    }

    private Fuzz(String what, int inputs, Input input) {
        this.what = what;
        this.inputs = inputs;
        this.input = input;
    }

    /** Feeds inputs until there were enough. */
    public static void run(String what, Input input) {
        new Fuzz(what, INPUTS, input).run();
    }

    private void run() {
        long first = Torture.seed(what);
        Thread feeder = new Thread(() -> feed(first), "fuzz");
        feeder.setDaemon(true);
        feeder.start();
        try {
            while (feeder.isAlive()) {
                feeder.join(1_000);
                if (feeder.isAlive() && System.nanoTime() - startNanos > HANGS_AFTER_NANOS) {
                    stopped = true;
                    throw new AssertionError(said("does not end: " + stack(feeder)));
                }
            }
        } catch (InterruptedException e) {
            stopped = true;
            throw new AssertionError(said("was interrupted"), e);
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw new AssertionError(said(String.valueOf(failed)), failed);
        }
        Torture.say(what + ": " + (current - first + 1) + " inputs");
    }

    private void feed(long first) {
        long end = System.nanoTime() + Torture.share(SHARE).toNanos();
        for (long n = 0; !stopped && (Torture.isLong() ? System.nanoTime() - end < 0 : n < inputs); n++) {
            current = first + n;
            startNanos = System.nanoTime();
            try {
                input.feed(new SplittableRandom(current));
            } catch (Throwable e) {
                failure.set(e);
                return;
            }
            if (System.nanoTime() - startNanos > MOST_NANOS && usedNanos() > MOST_NANOS) {
                failure.set(new AssertionError("it took more than a second of the processor"));
                return;
            }
        }
    }

    /** Feeds the input once more, and returns the time of the processor for it: to ask each time costs too much. */
    private long usedNanos() {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try {
            input.feed(new SplittableRandom(current));
        } catch (Exception second) {
            failure.set(second);
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }

    private String said(String why) {
        return what + ", input of seed " + current + ": " + why;
    }

    private static String stack(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .map(StackTraceElement::toString)
                .collect(Collectors.joining("\n    at ", "\n    at ", ""));
    }
}
