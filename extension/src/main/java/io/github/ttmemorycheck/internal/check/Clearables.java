package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import java.util.List;

/**
 * What holds memory that is no leak, and can be cleared.
 *
 * @param devices the open devices, whose program caches are cleared
 * @param caches the caches that tests have named
 * @param passing those of the caches that are known to this test alone, and to nobody once it has ended
 * @param closed how many devices are known that are closed
 */
public record Clearables(List<TtDevice> devices, List<NamedCache> caches, List<NamedCache> passing, int closed) {

    /**
     * A cache that tests have named.
     *
     * @param clear clears it
     */
    public record NamedCache(String name, Runnable clear) {}
}
