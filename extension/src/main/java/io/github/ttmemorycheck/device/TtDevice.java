package io.github.ttmemorycheck.device;

import static org.apiguardian.api.API.Status.STABLE;

import org.apiguardian.api.API;

/**
 * A Tenstorrent device, or a mesh of them, as far as a memory check needs to know it. A Java binding implements this
 * interface in its device class, under the names the vendor's own API uses.
 *
 * <p>Programs stay in a device's program cache, with the memory they hold, after the operation that built them has
 * ended. That memory is no leak, so the cache of every open device is cleared before what is left is judged. Devices
 * are found in the fields of a test class, through {@link TtDeviceProvider}, or by being handed over in the test.
 *
 * <p>Methods are called from the thread that runs the test. An exception of theirs is logged as a warning, and named in
 * the message when the test fails. A cache that could not be cleared never counts as cleared, so what it holds counts
 * as left.
 */
@API(status = STABLE, since = "0.1")
public interface TtDevice {

    /** Enables the program cache. Does nothing when it is enabled already. */
    void enableProgramCache();

    /**
     * Releases every cached program and the memory it holds. The cache stays enabled, or disabled, as it was.
     */
    void clearProgramCache();

    /** Releases every cached program and disables the cache, until {@link #enableProgramCache()} is called. */
    void disableAndClearProgramCache();

    /**
     * Counts the programs in the cache.
     *
     * @return how many programs are cached now; zero after {@link #clearProgramCache()}
     */
    long numProgramCacheEntries();

    /**
     * Says whether the device can still be used. The other methods are not called on a device that is closed.
     *
     * @return {@code true} unless the binding knows better
     */
    default boolean isOpen() {
        return true;
    }
}
