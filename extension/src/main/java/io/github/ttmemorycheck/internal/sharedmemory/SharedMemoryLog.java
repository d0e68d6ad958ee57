package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.logging.Log;

/** The tracker's log, made when there is something to say. */
final class SharedMemoryLog {

    private SharedMemoryLog() {}

    static Log log() {
        return Made.LOG;
    }

    private static final class Made {
        static final Log LOG = Log.of("io.github.ttmemorycheck.tracker.SharedMemoryTracker");
    }
}
