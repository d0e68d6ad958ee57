package io.github.ttmemorycheck.snapshot;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Thrown in place of a {@link MemorySnapshot} or a {@link SnapshotDiff} when it is not known what is allocated: a
 * tracker did not start, did not answer, or its answer cannot be read. The message names what was asked, where, what
 * was found, and the way out.
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class TrackerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The reason, what was asked, what was found, what to do; none where only the message is known. */
    private final String[] parts;

    /**
     * Makes the exception of a message alone.
     *
     * @param message what was asked, where, what was found, and the way out
     */
    public TrackerException(String message) {
        this(message, null);
    }

    /**
     * Makes the exception of a message and its cause.
     *
     * @param message what was asked, where, what was found, and the way out
     * @param cause what went wrong below, if anything
     */
    public TrackerException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.parts = new String[0];
    }

    /**
     * Makes the exception from its parts, which the message of a test shows one by one.
     *
     * @param reason why it is not known what is allocated, in a few words
     * @param asked what was asked of whom, and how long was waited
     * @param found what was found instead
     * @param remedy what to do about it
     * @param cause what went wrong below, if anything
     */
    public TrackerException(String reason, String asked, String found, String remedy, @Nullable Throwable cause) {
        super(reason + "; asked: " + asked + "; found: " + found + "; to fix: " + remedy, cause);
        this.parts = new String[] {reason, asked, found, remedy};
    }

    /**
     * {@return in a few words why it is not known what is allocated; the whole message where its parts are not known}
     */
    public String reason() {
        return parts.length == 0 ? String.valueOf(getMessage()) : parts[0];
    }

    /** {@return what was asked of whom, and how long was waited, where it is known apart from the message} */
    public Optional<String> asked() {
        return part(1);
    }

    /** {@return what was found instead, where it is known apart from the message} */
    public Optional<String> found() {
        return part(2);
    }

    /** {@return what to do about it, where it is known apart from the message} */
    public Optional<String> remedy() {
        return part(3);
    }

    private Optional<String> part(int index) {
        return parts.length == 0 ? Optional.empty() : Optional.of(parts[index]);
    }
}
