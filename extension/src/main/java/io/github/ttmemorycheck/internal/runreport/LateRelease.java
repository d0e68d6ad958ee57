package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.Objects;

/**
 * Memory that one test left and that was freed while another ran.
 *
 * @param holder who had left it
 * @param during while whom it was freed
 * @param freed how much, per device and kind
 */
public record LateRelease(String holder, String during, MemoryTotals freed) {

    /** Checks that nothing is missing. */
    public LateRelease {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(during, "during");
        Objects.requireNonNull(freed, "freed");
    }
}
