package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.Objects;

/**
 * One repetition of a test: what was held before and after it. Before a repetition that follows one that is left out, that
 * is what was held after the one left out, so that nothing of it is counted here. Where other tests ran since then, it is what
 * was held when this one began, if that is more.
 *
 * @param label the repetition as messages name it, for example {@code 2}
 * @param before what was allocated after the repetition before, or before the first
 * @param held what was allocated after it
 * @param entriesBefore how many programs the caches held after the repetition before; 0 before the first
 * @param entries how many programs the caches held after it, before they were cleared
 */
public record Repetition(String label, MemoryTotals before, MemoryTotals held, long entriesBefore, long entries) {

    /**
     * Checks that nothing is missing.
     *
     * @param label as the component says
     * @param before as the component says
     * @param held as the component says
     * @param entriesBefore as the component says
     * @param entries as the component says
     */
    public Repetition {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(held, "held");
    }
}
