package io.github.ttmemorycheck.report;

import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.Objects;
import java.util.Optional;

/**
 * What the program caches held after a test, and what clearing them released.
 *
 * @param devices how many open devices (a mesh device counts as one) were asked
 * @param programs how many programs their caches held before they were cleared
 * @param released what clearing them released, per device and kind
 * @param notCleared why a cache was not cleared, when it was not
 */
public record CacheRelease(int devices, long programs, MemoryTotals released, Optional<String> notCleared) {

    /** No device was known whose cache could have been cleared. */
    public static final CacheRelease NO_DEVICE = new CacheRelease(0, 0, MemoryTotals.NONE, Optional.empty());

    /**
     * Checks that nothing is missing.
     *
     * @param devices as the component says
     * @param programs as the component says
     * @param released as the component says
     * @param notCleared as the component says
     */
    public CacheRelease {
        Objects.requireNonNull(released, "released");
        Objects.requireNonNull(notCleared, "notCleared");
    }
}
