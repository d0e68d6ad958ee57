package io.github.ttmemorycheck.snapshot;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * One kind of memory on one device, such as the DRAM of device 3. Ordered by device, then by kind.
 *
 * @param device the logical device number
 * @param kind the kind of memory
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record MemoryPool(int device, MemoryKind kind) implements Comparable<MemoryPool>, Serializable {

    private static final Comparator<MemoryPool> ORDER =
            Comparator.comparingInt(MemoryPool::device).thenComparing(MemoryPool::kind);

    /** Checks that nothing is missing. */
    public MemoryPool {
        Objects.requireNonNull(kind, "kind");
    }

    @Override
    public int compareTo(MemoryPool other) {
        return ORDER.compare(this, other);
    }
}
