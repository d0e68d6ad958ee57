package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;

/**
 * One allowance as it was stated.
 *
 * @param device the device it is for, or {@link Baseline#ALL_DEVICES}
 * @param kind the kind of memory
 * @param bytes how many bytes may be left, 0 or more
 */
public record BaselineStatement(int device, MemoryKind kind, long bytes) {

    /** Checks the amount. */
    public BaselineStatement {
        if (bytes < 0) {
            throw new IllegalArgumentException("a baseline must be 0 bytes or more, not " + bytes + " (" + kind + ")");
        }
    }

    /** Writes the statement as an annotation spells its attribute. */
    @Override
    public String toString() {
        String where = device == Baseline.ALL_DEVICES ? "" : "device = " + device + ", ";
        return where + kind.attribute() + " = \"" + new ByteSize(bytes).exact() + "\"";
    }
}
