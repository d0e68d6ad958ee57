package io.github.ttmemorycheck.internal.server;

import org.jspecify.annotations.Nullable;

/**
 * All live entries, linked in the order of their allocation, so that the newest can be walked without touching the rest
 * and any one can be taken out at once.
 */
final class LiveList {

    private @Nullable BufferEntry newest;
    private @Nullable BufferEntry oldest;

    void append(BufferEntry entry) {
        BufferEntry before = newest;
        entry.older = before;
        if (before == null) {
            oldest = entry;
        } else {
            before.newer = entry;
        }
        newest = entry;
    }

    void remove(BufferEntry entry) {
        BufferEntry older = entry.older;
        BufferEntry newer = entry.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        entry.older = null;
        entry.newer = null;
    }

    @Nullable
    BufferEntry newest() {
        return newest;
    }

    @Nullable
    BufferEntry oldest() {
        return oldest;
    }
}
