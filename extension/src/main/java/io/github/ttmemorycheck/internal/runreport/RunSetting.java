package io.github.ttmemorycheck.internal.runreport;

import java.util.Objects;

/**
 * A setting in force.
 *
 * @param name its name
 * @param value its value
 * @param source where that comes from
 */
public record RunSetting(String name, String value, String source) {

    /** Checks that nothing is missing. */
    public RunSetting {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(source, "source");
    }
}
