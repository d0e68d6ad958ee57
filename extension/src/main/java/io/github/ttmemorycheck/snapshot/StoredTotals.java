package io.github.ttmemorycheck.snapshot;

import java.io.Serial;
import java.io.Serializable;
import java.util.Map;

// Totals as they are serialized: each figure with the name of its kind, which does not depend on the order of the
// kinds.
record StoredTotals(Map<MemoryPool, Long> bytes) implements Serializable {

    @Serial
    private Object readResolve() {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        bytes.forEach((pool, size) -> totals.add(pool.device(), pool.kind(), size));
        return totals.build();
    }
}
