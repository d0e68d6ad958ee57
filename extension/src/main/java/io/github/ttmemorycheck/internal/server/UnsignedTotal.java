package io.github.ttmemorycheck.internal.server;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A sum of unsigned 64-bit sizes, exact for any number of them: a carry word keeps what 64 bits cannot hold. It is cut
 * off only when shown. Not thread-safe.
 */
final class UnsignedTotal {

    private long low;
    private long high;

    void add(long unsigned) {
        low += unsigned;
        if (Long.compareUnsigned(low, unsigned) < 0) {
            high++;
        }
    }

    void add(UnsignedTotal other) {
        add(other.low);
        high += other.high;
    }

    /** Takes away what was added before; never more. */
    void subtract(long unsigned) {
        if (Long.compareUnsigned(low, unsigned) < 0) {
            high--;
        }
        low -= unsigned;
    }

    /** Takes away what was added before; never more. */
    void subtract(UnsignedTotal other) {
        subtract(other.low);
        high -= other.high;
    }

    boolean isAtMost(long unsigned) {
        return high == 0 && Long.compareUnsigned(low, unsigned) <= 0;
    }

    /** Returns whether it fits into 64 bits, so that {@link #shown()} is exact. */
    boolean isExact() {
        return high == 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(low);
        out.writeLong(high);
    }

    /** Becomes the sum that another one wrote. */
    void read(DataInput in) throws IOException {
        low = in.readLong();
        high = in.readLong();
    }

    /** Returns the sum as an unsigned number of 64 bits, at most 2^64 - 1. */
    long shown() {
        return high == 0 ? low : -1L;
    }
}
