package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.check.CheckAttributes;
import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import java.util.Optional;

/**
 * What one registration of the extension was told in code.
 *
 * @param attributes what {@link TtMemoryCheck} says otherwise
 * @param baseline stated for the class, as {@link MemoryBaseline} does otherwise
 */
record StatedInCode(Optional<CheckAttributes> attributes, Optional<BaselineLevel> baseline) {

    /** Nothing: everything is read from annotations. */
    static final StatedInCode NOTHING = new StatedInCode(Optional.empty(), Optional.empty());
}
