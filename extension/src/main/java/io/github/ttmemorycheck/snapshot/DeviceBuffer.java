package io.github.ttmemorycheck.snapshot;

import static org.apiguardian.api.API.Status.INTERNAL;
import static org.apiguardian.api.API.Status.STABLE;

import java.io.Serializable;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * One live allocation on one device.
 *
 * <p>A buffer is known by its process, device, kind, size and address together. The same allocated again while it is
 * live is a further reference; after it was freed it is a new buffer with a later {@link #order()}.
 *
 * <p>The library makes it; read it by its accessors, since later versions may add to it.
 *
 * @param device the logical device number, as the runtime reports it
 * @param kind what the memory is
 * @param address the device address, unsigned; for {@link MemoryKind#KERNEL} the program's run-time number
 * @param size the size in bytes, unsigned, as first reported
 * @param refCount allocations less frees, 1 or more
 * @param allocations how often it was reported allocated, {@code refCount} or more
 * @param processId the process that allocated it, as the kernel numbers it; below -2<sup>30</sup> for one that cannot
 *     be seen from the tracker, whose command says what it is
 * @param order its place among all allocations that the tracker saw, rising with time; what only the allocator of a
 *     device told is counted apart, from 2<sup>52</sup> on
 * @param seenAtNanos when the tracker saw it, on the clock of {@link System#nanoTime()} of the tracker's process
 * @param referenceTo 0 for a buffer; for further references to a buffer that was there before, which somebody added
 *     later, the order of that buffer. Then {@code refCount} and {@code allocations} are of these references alone
 * @param ofSystem whether it holds kernels of the runtime itself, for its fabric or for dispatch, and none of an
 *     application: such a kernel is loaded when a device is opened, and stays until it is closed
 */
@API(status = STABLE, since = "0.1")
public record DeviceBuffer(
        int device,
        MemoryKind kind,
        long address,
        long size,
        long refCount,
        long allocations,
        int processId,
        long order,
        long seenAtNanos,
        long referenceTo,
        boolean ofSystem)
        implements Serializable {

    /** Checks the counts. */
    @API(status = INTERNAL)
    public DeviceBuffer {
        Objects.requireNonNull(kind, "kind");
        if (refCount < 1 || allocations < refCount) {
            throw new IllegalArgumentException(
                    "a live buffer has 1 or more references and at least as many allocations, not refCount=" + refCount
                            + " of " + allocations);
        }
    }

    /** Makes a buffer. */
    @API(status = INTERNAL)
    public DeviceBuffer(
            int device,
            MemoryKind kind,
            long address,
            long size,
            long refCount,
            long allocations,
            int processId,
            long order,
            long seenAtNanos) {
        this(device, kind, address, size, refCount, allocations, processId, order, seenAtNanos, 0, false);
    }

    /** {@return the kind of memory and the device together} */
    public MemoryPool pool() {
        return new MemoryPool(device, kind);
    }
}
