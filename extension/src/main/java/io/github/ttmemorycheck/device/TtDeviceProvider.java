package io.github.ttmemorycheck.device;

import static org.apiguardian.api.API.Status.STABLE;

import java.util.Collection;
import org.apiguardian.api.API;

/**
 * Names the devices that are in use, for bindings whose devices are not held by the test class. Found by
 * {@link java.util.ServiceLoader}, so an implementation is a public class with a public constructor without parameters,
 * registered under {@code META-INF/services/io.github.ttmemorycheck.device.TtDeviceProvider}.
 */
@API(status = STABLE, since = "0.1")
@FunctionalInterface
public interface TtDeviceProvider {

    /**
     * Returns the devices whose program caches belong to the test that is running. Called before each clear, each time
     * anew, so the answer may be a different one every time; devices that are closed are skipped, and one that is also
     * found elsewhere is cleared once. An exception is logged as a warning; a cache that could not be found is not
     * cleared, and what it holds counts as left.
     *
     * @return the devices; empty when there are none, never {@code null} and without {@code null} elements
     */
    Collection<? extends TtDevice> devices();
}
