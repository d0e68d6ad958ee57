package io.github.ttmemorycheck.internal.leak;

import java.util.Optional;

/**
 * What a baseline lets pass of one kind of memory on one device.
 *
 * @param bytes how many bytes may be left
 * @param source where that is stated, or {@code no baseline}
 * @param scope how specific that place is; empty when nothing is stated
 */
public record Allowance(long bytes, String source, Optional<BaselineScope> scope) {

    /** Nothing is stated, so nothing may be left. */
    public static final Allowance NONE = new Allowance(0, "no baseline", Optional.empty());
}
