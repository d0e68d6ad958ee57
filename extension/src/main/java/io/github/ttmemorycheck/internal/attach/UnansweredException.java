package io.github.ttmemorycheck.internal.attach;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Something was asked of a server and not answered; the message says why in a few words. */
public final class UnansweredException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String asked;
    private final String found;

    /**
     * Makes the exception.
     *
     * @param message why, in a few words
     * @param asked what was asked of whom, and how long was waited
     * @param found what was found instead
     */
    public UnansweredException(String message, String asked, String found, @Nullable Throwable cause) {
        super(message, cause);
        this.asked = asked;
        this.found = found;
    }

    /** Returns what was asked of whom, and how long was waited. */
    public String asked() {
        return asked;
    }

    /** Returns what was found instead. */
    public String found() {
        return found;
    }
}
