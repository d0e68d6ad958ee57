package io.github.ttmemorycheck.torture;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long random scenarios run, and from which seed. The profile {@code torture} sets the seconds of all of them
 * together; without it only the short ones run, always from the same seed, so that a build can be repeated.
 */
public final class Torture {

    /** Seconds of all scenarios together. */
    private static final String LENGTH = "torture.length";

    private static final String SEED = "torture.seed";
    private static final long SEED_OF_THE_BUILD = 1;
    private static final long DEFAULT_LENGTH = 600;

    private Torture() {}

    /** Returns whether the profile runs, and not the ordinary build. */
    static boolean isLong() {
        return !System.getProperty(LENGTH, "").isBlank();
    }

    /** Returns how long a scenario runs that has a share of the whole, in percent. */
    static Duration share(int percent) {
        long seconds = isLong() ? Long.parseLong(System.getProperty(LENGTH).strip()) : DEFAULT_LENGTH;
        return Duration.ofMillis(seconds * 10 * percent);
    }

    /** Returns the seed, and prints how to take it again. */
    static long seed(String scenario) {
        String given = System.getProperty(SEED, "").strip();
        long seed = !given.isEmpty()
                ? Long.parseLong(given)
                : isLong() ? new SplittableRandom().nextInt(Integer.MAX_VALUE) : SEED_OF_THE_BUILD;
        say(scenario + ": seed " + seed + "; the same again with -D" + SEED + "=" + seed);
        return seed;
    }

    static void say(String line) {
        System.out.println(line);
    }
}
