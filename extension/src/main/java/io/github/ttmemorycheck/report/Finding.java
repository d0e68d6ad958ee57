package io.github.ttmemorycheck.report;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;
import static org.apiguardian.api.API.Status.INTERNAL;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.io.Serializable;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * What was found for one kind of memory on one device. All figures in bytes.
 *
 * <p>The library makes it; read it by its accessors, since later versions may add to it.
 *
 * @param device the device's number
 * @param kind the kind of memory
 * @param before allocated before the test
 * @param after allocated after the test
 * @param left allocated since and still live; more than {@code after - before} where earlier memory was freed meanwhile
 * @param allowed what the baseline lets pass
 * @param verdict the conclusion
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record Finding(int device, MemoryKind kind, long before, long after, long left, long allowed, Verdict verdict)
        implements Serializable {

    /** Checks that nothing is missing. */
    @API(status = INTERNAL)
    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(verdict, "verdict");
    }

    /**
     * {@return whether a buffer is of the kind and on the device that was judged}
     *
     * @param buffer the buffer
     */
    public boolean covers(DeviceBuffer buffer) {
        return device == buffer.device() && kind == buffer.kind();
    }

    /**
     * {@return a copy with another conclusion}
     *
     * @param other the conclusion
     */
    public Finding withVerdict(Verdict other) {
        return new Finding(device, kind, before, after, left, allowed, other);
    }

    /** {@return the kind of memory and the device together} */
    public MemoryPool pool() {
        return new MemoryPool(device, kind);
    }
}
