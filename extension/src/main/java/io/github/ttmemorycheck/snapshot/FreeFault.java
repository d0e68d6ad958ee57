package io.github.ttmemorycheck.snapshot;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.Serializable;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * A free that was reported and cannot be right, or does not say enough. Frees of memory that was never reported are not
 * among them: a runtime also frees what it allocated before it was tracked.
 *
 * <p>The library makes it; read it by its accessors, since later versions may add to it.
 *
 * @param kind what is wrong
 * @param device the device that the free named
 * @param address the address that it named, unsigned
 * @param processId the process that reported it
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record FreeFault(Kind kind, int device, long address, int processId) implements Serializable {

    /** What is wrong with a free. */
    public enum Kind {
        /** The process had freed the buffer at that address already, and nothing is there any more. */
        FREED_TWICE,
        /** The process had several buffers at that address, of other sizes or kinds; the newest counts as freed. */
        SEVERAL_AT_ADDRESS,
        /** The process has nothing at that address on that device, and something at it on another device. */
        ANOTHER_DEVICE
    }

    /** Checks that nothing is missing. */
    @API(status = INTERNAL)
    public FreeFault {
        Objects.requireNonNull(kind, "kind");
    }
}
