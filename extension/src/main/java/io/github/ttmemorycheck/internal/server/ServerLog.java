package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.logging.Log;

/** The server's log, made when there is something to say. */
final class ServerLog {

    private ServerLog() {}

    static Log log() {
        return Made.LOG;
    }

    private static final class Made {
        static final Log LOG = Log.of("io.github.ttmemorycheck.tracker.AllocationServer");
    }
}
