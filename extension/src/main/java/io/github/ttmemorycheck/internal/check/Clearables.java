package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.devices.WatchedCall;
import io.github.ttmemorycheck.internal.logging.Log;
import java.util.List;

/**
 * What holds memory that is no leak, and can be cleared.
 *
 * @param devices the open devices, whose program caches are cleared
 * @param caches the caches that tests have named
 * @param passing those of the caches that are known to this test alone, and to nobody once it has ended
 * @param closed the devices that are known and closed
 */
public record Clearables(
        List<TtDevice> devices, List<NamedCache> caches, List<NamedCache> passing, List<TtDevice> closed) {

    /**
     * A cache that tests have named.
     *
     * @param clear clears it
     */
    public record NamedCache(String name, Runnable clear) {}

    /** Asks a device whether it is open. One that fails to say so is taken for closed, one that hangs for open. */
    public static boolean isOpen(TtDevice device, Log log) {
        try {
            return WatchedCall.of(device, device.getClass().getSimpleName() + ".isOpen()", device::isOpen);
        } catch (WatchedCall.LateException late) {
            // It is not known to be closed, so that it is said of its cache that it was not cleared.
            if (late.wasMade()) {
                log.warn(device.getClass().getName() + ".isOpen() failed; the device is taken for open", late);
            }
            return true;
        } catch (Exception | LinkageError | AssertionError failed) {
            log.warn(
                    device.getClass().getName()
                            + ".isOpen() failed; the device is taken for closed and its program cache is"
                            + " not cleared",
                    failed);
            return false;
        }
    }
}
