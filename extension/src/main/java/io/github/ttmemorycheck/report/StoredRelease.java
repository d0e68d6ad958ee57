package io.github.ttmemorycheck.report;

import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.Serial;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

// A cache release as it is serialized: without Optional, which cannot be.
record StoredRelease(
        int devices,
        long programs,
        MemoryTotals released,
        @Nullable String notCleared) implements Serializable {

    @Serial
    private Object readResolve() {
        return new CacheRelease(devices, programs, released, Optional.ofNullable(notCleared));
    }
}
