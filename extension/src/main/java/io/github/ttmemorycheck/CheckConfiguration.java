package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import java.util.Optional;

/**
 * What one registration of the extension was told in code.
 *
 * @param attributes what {@link TtMemoryCheck} says otherwise
 * @param baseline stated for the class, as {@link MemoryBaseline} does otherwise
 */
record CheckConfiguration(Optional<CheckAttributes> attributes, Optional<BaselineLevel> baseline) {

    /** Everything is taken from annotations. */
    static final CheckConfiguration ANNOTATED = new CheckConfiguration(Optional.empty(), Optional.empty());

    /** Tells whether this is the annotation's, and another registration of the same check is configured in code. */
    boolean yieldsTo(CheckConfiguration other) {
        return equals(ANNOTATED) && !other.equals(ANNOTATED);
    }
}
