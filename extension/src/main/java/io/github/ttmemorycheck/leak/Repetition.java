package io.github.ttmemorycheck.leak;

import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.Objects;

/**
 * What was held at the end of one repetition of a test, or before the first.
 *
 * @param label the repetition as messages name it, for example {@code repetition 2 of 5}
 * @param held what was allocated then
 * @param cacheEntries how many programs the caches held then
 */
public record Repetition(String label, MemoryTotals held, long cacheEntries) {

    /** Checks that nothing is missing. */
    public Repetition {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(held, "held");
    }
}
