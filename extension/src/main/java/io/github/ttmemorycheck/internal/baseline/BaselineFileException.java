package io.github.ttmemorycheck.internal.baseline;

import java.io.Serial;

/**
 * The file of recorded baselines cannot be read or written. The message names the file, what is wrong and the way out.
 */
public final class BaselineFileException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    BaselineFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
