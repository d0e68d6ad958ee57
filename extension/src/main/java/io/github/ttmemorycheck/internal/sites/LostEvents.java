package io.github.ttmemorycheck.internal.sites;

import java.util.Optional;

/**
 * Events of this JVM that its clients could not deliver to any tracker. What ran meanwhile cannot be called clean.
 * Thread-safe.
 */
public final class LostEvents {

    private static long count;
    private static Optional<Loss> last = Optional.empty();

    /**
     * The last events that were lost.
     *
     * @param socket where they should have gone
     * @param cause why they did not
     */
    public record Loss(String socket, String cause) {}

    private LostEvents() {}

    /** Notes that an event could not be delivered. */
    public static synchronized void note(String socket, String cause) {
        count++;
        last = Optional.of(new Loss(socket, cause));
    }

    /** Returns how many there were so far. */
    public static synchronized long count() {
        return count;
    }

    /** Returns the last one, if there were more than so many. */
    public static synchronized Optional<Loss> since(long before) {
        return count > before ? last : Optional.empty();
    }
}
