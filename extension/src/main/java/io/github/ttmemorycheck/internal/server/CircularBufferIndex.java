package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds a circular buffer by what its free still says when it carries no address: device, process and size.
 */
final class CircularBufferIndex {

    private record Look(int device, int processId, long size) {}

    private final Map<Look, TreeMap<Long, CounterEntry>> entries = new HashMap<>();

    /** Takes an entry in; an entry whose size changes is taken out before and in again after. */
    void add(CounterEntry entry) {
        if (isIndexed(entry)) {
            entries.computeIfAbsent(look(entry), unknown -> new TreeMap<>()).put(entry.order(), entry);
        }
    }

    void remove(CounterEntry entry) {
        if (isIndexed(entry)) {
            entries.computeIfPresent(look(entry), (look, alike) -> {
                alike.remove(entry.order());
                return alike.isEmpty() ? null : alike;
            });
        }
    }

    @Nullable
    CounterEntry oldest(int device, int processId, long size) {
        TreeMap<Long, CounterEntry> alike = entries.get(new Look(device, processId, size));
        return alike == null ? null : alike.firstEntry().getValue();
    }

    private static boolean isIndexed(CounterEntry entry) {
        return entry.kind() == MemoryKind.CIRCULAR_BUFFER && entry.bytes().isExact();
    }

    private static Look look(CounterEntry entry) {
        return new Look(entry.device(), entry.owner().processId(), entry.shownSize());
    }
}
