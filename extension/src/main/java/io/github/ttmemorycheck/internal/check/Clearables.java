package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import java.util.List;

/**
 * What holds memory that is no leak, and can be cleared.
 *
 * @param devices the open devices, whose program caches are cleared
 * @param caches the caches that tests have named
 * @param closed the devices that are known and closed
 */
public record Clearables(List<TtDevice> devices, List<NamedCache> caches, List<TtDevice> closed) {

    /**
     * A cache that tests have named.
     *
     * @param clear clears it
     */
    public record NamedCache(String name, Runnable clear) {}
}
