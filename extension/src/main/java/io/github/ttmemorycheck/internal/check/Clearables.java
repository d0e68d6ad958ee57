package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.devices.WatchedCall;
import io.github.ttmemorycheck.internal.logging.Log;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** Returns them, with the devices parted by whether they are open now. */
    static Clearables of(List<TtDevice> devices, List<NamedCache> caches, List<NamedCache> passing, Log log) {
        Map<Boolean, List<TtDevice>> byOpen =
                devices.stream().collect(Collectors.partitioningBy(device -> isOpen(device, log)));
        return new Clearables(
                byOpen.getOrDefault(true, List.of()), caches, passing, byOpen.getOrDefault(false, List.of()));
    }

    /** Asks a device whether it is open. One that fails to say so is taken for closed, one that hangs for open. */
    private static boolean isOpen(TtDevice device, Log log) {
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
