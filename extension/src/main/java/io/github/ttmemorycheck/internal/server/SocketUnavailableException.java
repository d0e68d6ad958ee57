package io.github.ttmemorycheck.internal.server;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The server cannot listen at a path. The message names it, what was found there, and what to do. */
public final class SocketUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;

    SocketUnavailableException(Path path, String why, @Nullable Throwable cause) {
        super("the allocation server cannot listen at " + path + ": " + why, cause);
    }
}
