package io.github.ttmemorycheck.internal.server;

import org.jspecify.annotations.Nullable;

/** The service cannot tell what is allocated: it ended, or clients cannot reach it. The message says why and what to do. */
public final class ServiceUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServiceUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
