package io.github.ttmemorycheck.internal.sharedmemory;

import org.jspecify.annotations.Nullable;

/** What is allocated cannot be told from the regions. The message says what was found where, and the way out. */
public final class RegionUnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RegionUnreadableException(String reason, @Nullable Throwable cause) {
        super("what is allocated cannot be told: " + reason, cause);
    }
}
