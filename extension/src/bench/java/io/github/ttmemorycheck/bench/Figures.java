package io.github.ttmemorycheck.bench;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a program or a benchmark measured.
 *
 * @param byName each figure by its name
 */
record Figures(Map<String, Double> byName) {

    /** Returns a figure; a missing one is a mistake of what should have measured it. */
    double of(String name) {
        @Nullable Double figure = byName.get(name);
        if (figure == null) {
            throw new IllegalStateException("no figure " + name + " among " + byName);
        }
        return figure;
    }
}
