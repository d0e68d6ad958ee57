package io.github.ttmemorycheck.internal.server;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds a circular buffer by what its free still says when it carries no address: device, process and size.
 */
final class CircularBufferIndex {

    private record Look(int device, int processId, long size) {}

    private final Map<Look, TreeMap<Long, BufferEntry>> entries = new HashMap<>();

    /** Takes an entry in; an entry whose size changes is taken out before and in again after. */
    void add(BufferEntry entry) {
        if (isIndexed(entry)) {
            entries.computeIfAbsent(look(entry), unknown -> new TreeMap<>()).put(entry.order(), entry);
        }
    }

    void remove(BufferEntry entry) {
        if (isIndexed(entry)) {
            entries.computeIfPresent(look(entry), (look, alike) -> {
                alike.remove(entry.order());
                return alike.isEmpty() ? null : alike;
            });
        }
    }

    @Nullable
    BufferEntry oldest(int device, int processId, long size) {
        TreeMap<Long, BufferEntry> alike = entries.get(new Look(device, processId, size));
        return alike == null ? null : alike.firstEntry().getValue();
    }

    private static boolean isIndexed(BufferEntry entry) {
        return entry.id().space() == BufferId.Space.CIRCULAR_BUFFER
                && entry.size().isExact();
    }

    private static Look look(BufferEntry entry) {
        return new Look(
                entry.id().device(), entry.owner().processId(), entry.size().shown());
    }
}
