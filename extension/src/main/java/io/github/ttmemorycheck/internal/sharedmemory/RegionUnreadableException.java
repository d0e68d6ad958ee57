package io.github.ttmemorycheck.internal.sharedmemory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is allocated cannot be told from the regions. The message says what was found where, and the way out. */
public final class RegionUnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String chip;

    RegionUnreadableException(String reason, @Nullable Throwable cause) {
        this(reason, null, cause);
    }

    RegionUnreadableException(String reason, @Nullable String chip, @Nullable Throwable cause) {
        super("what is allocated cannot be told: " + reason, cause);
        this.chip = chip;
    }

    /** Returns the number of the chip whose region it is, if it is only one. */
    public Optional<String> chip() {
        return Optional.ofNullable(chip);
    }
}
