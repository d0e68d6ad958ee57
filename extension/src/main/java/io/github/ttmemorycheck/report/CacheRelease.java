package io.github.ttmemorycheck.report;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * What the program caches held after a test, and what clearing them released.
 *
 * <p>The library makes it; read it by its accessors, since later versions may add to it.
 *
 * @param devices how many open devices (a mesh device counts as one) were asked
 * @param programs how many programs their caches held before they were cleared; not those of devices that do not tell
 * @param released what clearing them released, per device and kind
 * @param notCleared why a cache was not cleared; empty where each was
 * @param kept whether they were left as they are, to be cleared when the tests of the class are through
 * @param others what came of the caches that the tests had named
 * @param uncounted how many of the devices do not say how many programs their caches held
 * @param traces the bytes of captured traces that are live, as the devices say; 0 where they do not
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record CacheRelease(
        int devices,
        long programs,
        MemoryTotals released,
        String notCleared,
        boolean kept,
        List<OtherCache> others,
        int uncounted,
        long traces)
        implements Serializable {

    /** No device was known whose cache could have been cleared. */
    public static final CacheRelease NO_DEVICE = new CacheRelease(0, 0, MemoryTotals.NONE, "");

    /** Checks that nothing is missing. */
    @API(status = INTERNAL)
    public CacheRelease {
        Objects.requireNonNull(released, "released");
        Objects.requireNonNull(notCleared, "notCleared");
        others = List.copyOf(others);
    }

    /** Makes what came of caches that were to be cleared, where no device reports a trace. */
    @API(status = INTERNAL)
    public CacheRelease(int devices, long programs, MemoryTotals released, String notCleared) {
        this(devices, programs, released, notCleared, 0);
    }

    /** Makes what came of caches that were to be cleared. */
    @API(status = INTERNAL)
    public CacheRelease(int devices, long programs, MemoryTotals released, String notCleared, long traces) {
        this(devices, programs, released, notCleared, false, List.of(), 0, traces);
    }

    /** Returns whether the caches may have held programs. */
    @API(status = INTERNAL)
    public boolean mayHoldPrograms() {
        return programs > 0 || uncounted > 0;
    }
}
