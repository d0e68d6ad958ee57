package io.github.ttmemorycheck.tracker;

import org.jspecify.annotations.Nullable;

/**
 * The tracker could not be started, or could not tell what is allocated. The message names what was asked, where, what was
 * found, and the way out.
 */
public final class TrackerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what was asked, where, what was found, and the way out
     */
    public TrackerException(String message) {
        super(message);
    }

    /**
     * Makes the exception.
     *
     * @param message what was asked, where, what was found, and the way out
     * @param cause what went wrong below, if anything
     */
    public TrackerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
