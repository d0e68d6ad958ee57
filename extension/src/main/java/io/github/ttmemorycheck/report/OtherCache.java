package io.github.ttmemorycheck.report;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.Serializable;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * What came of clearing a cache that the tests had named, beside the program caches.
 *
 * <p>The library makes it; read it by its accessors, since later versions may add to it.
 *
 * @param name the name it was given
 * @param released what clearing it released, per device and kind
 * @param notCleared why it was not cleared; empty where it was
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record OtherCache(String name, MemoryTotals released, String notCleared) implements Serializable {

    /** Checks that nothing is missing. */
    @API(status = INTERNAL)
    public OtherCache {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(released, "released");
        Objects.requireNonNull(notCleared, "notCleared");
    }
}
