package io.github.ttmemorycheck.report;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.Objects;

/**
 * What was found for one kind of memory on one device. All figures in bytes.
 *
 * @param device the device's number
 * @param kind the kind of memory
 * @param before allocated before the test
 * @param after allocated after the test
 * @param left allocated since and still live; more than {@code after - before} where earlier memory was freed meanwhile
 * @param allowed what the baseline lets pass
 * @param verdict the conclusion
 */
public record Finding(int device, MemoryKind kind, long before, long after, long left, long allowed, Verdict verdict) {

    /**
     * Checks that nothing is missing.
     *
     * @param device as the component says
     * @param kind as the component says
     * @param before as the component says
     * @param after as the component says
     * @param left as the component says
     * @param allowed as the component says
     * @param verdict as the component says
     */
    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(verdict, "verdict");
    }

    /**
     * Tells whether a buffer is part of the memory that this is about.
     *
     * @param buffer the buffer
     * @return true for one of the kind on the device
     */
    public boolean covers(DeviceBuffer buffer) {
        return device == buffer.device() && kind == buffer.kind();
    }

    /**
     * Returns the same finding with another conclusion.
     *
     * @param other the conclusion
     * @return a copy
     */
    public Finding withVerdict(Verdict other) {
        return new Finding(device, kind, before, after, left, allowed, other);
    }

    /**
     * Returns the kind of memory and the device together.
     *
     * @return the pool
     */
    public MemoryPool pool() {
        return new MemoryPool(device, kind);
    }
}
