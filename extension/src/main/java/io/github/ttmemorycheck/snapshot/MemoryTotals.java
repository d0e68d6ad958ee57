package io.github.ttmemorycheck.snapshot;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of each kind are allocated on each device.
 *
 * <p>Immutable. Figures are in bytes, 0 or more; a total of 8 EiB or more, which only a wrong report can produce, is held
 * at {@link Long#MAX_VALUE}.
 */
public final class MemoryTotals implements Serializable {

    /** Nothing, on no device. */
    public static final MemoryTotals NONE = builder().build();

    private static final MemoryKind[] KINDS = MemoryKind.values();

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient NavigableMap<Integer, long[]> bytes;

    private MemoryTotals(NavigableMap<Integer, long[]> bytes) {
        this.bytes = bytes;
    }

    // A row lives as long as its process, and is never stored: any order of the kinds will do.
    @SuppressWarnings("EnumOrdinal")
    private static int column(MemoryKind kind) {
        return kind.ordinal();
    }

    /**
     * Starts to collect totals.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the devices that there is a figure for, even if it is 0.
     *
     * @return the device numbers, ascending; a copy
     */
    public NavigableSet<Integer> devices() {
        return new TreeSet<>(bytes.keySet());
    }

    /**
     * Returns what is allocated of one kind on one device.
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @return bytes; 0 for a device that is not known
     */
    public long of(int device, MemoryKind kind) {
        long[] row = bytes.get(device);
        return row == null ? 0 : row[column(kind)];
    }

    /**
     * Returns what is allocated of one kind on all devices.
     *
     * @param kind the kind of memory
     * @return bytes, at most {@link Long#MAX_VALUE}
     */
    public long of(MemoryKind kind) {
        long sum = 0;
        for (long[] row : bytes.values()) {
            sum = ByteSize.sum(sum, row[column(kind)]);
        }
        return sum;
    }

    /**
     * Tells whether nothing at all is allocated.
     *
     * @return true when every figure is 0
     */
    public boolean isZero() {
        for (long[] row : bytes.values()) {
            for (long value : row) {
                if (value != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Tells what is held more than at an earlier moment, figure by figure: a figure that fell does not make up for one that
     * rose.
     *
     * @param earlier what was held then
     * @return the rise of every figure that rose; {@linkplain #isZero() zero} when none did
     */
    public MemoryTotals risenSince(MemoryTotals earlier) {
        if (equals(earlier)) {
            return NONE;
        }
        Builder risen = builder();
        for (int device : bytes.keySet()) {
            for (MemoryKind kind : KINDS) {
                long rise = of(device, kind) - earlier.of(device, kind);
                if (rise > 0) {
                    risen.add(device, kind, rise);
                }
            }
        }
        return risen.build();
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof MemoryTotals that) || bytes.size() != that.bytes.size()) {
            return false;
        }
        Iterator<Map.Entry<Integer, long[]>> rows = that.bytes.entrySet().iterator();
        for (Map.Entry<Integer, long[]> row : bytes.entrySet()) {
            Map.Entry<Integer, long[]> ofThat = rows.next();
            if (!row.getKey().equals(ofThat.getKey()) || !Arrays.equals(row.getValue(), ofThat.getValue())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (Map.Entry<Integer, long[]> row : bytes.entrySet()) {
            hash = 31 * hash + row.getKey() * 31 + Arrays.hashCode(row.getValue());
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("MemoryTotals[");
        for (Map.Entry<Integer, long[]> row : bytes.entrySet()) {
            text.append("device ").append(row.getKey()).append(':');
            for (MemoryKind kind : KINDS) {
                if (row.getValue()[column(kind)] != 0) {
                    text.append(' ').append(kind).append(' ').append(ByteSize.format(row.getValue()[column(kind)]));
                }
            }
            text.append("; ");
        }
        return text.append(']').toString();
    }

    /**
     * Replaces the totals when they are serialized.
     *
     * @return the form that is stored
     */
    @Serial
    private Object writeReplace() {
        NavigableMap<MemoryPool, Long> figures = new TreeMap<>();
        bytes.forEach((device, row) -> {
            for (MemoryKind kind : KINDS) {
                figures.put(new MemoryPool(device, kind), row[column(kind)]);
            }
        });
        return new StoredTotals(figures);
    }

    /** Collects totals; not thread-safe. */
    public static final class Builder {

        private TreeMap<Integer, long[]> bytes = new TreeMap<>();

        /** Of the device that was added to last: most figures are added to the same one, and to find it takes most of the time. */
        private long @Nullable [] lastRow;

        private int lastDevice;
        private boolean built;

        private Builder() {}

        /**
         * Adds to one figure; 0 makes the device known.
         *
         * @param device the device's number
         * @param kind the kind of memory
         * @param size bytes to add; a negative value is taken as unsigned, and so as 8 EiB or more
         * @return this
         */
        public Builder add(int device, MemoryKind kind, long size) {
            long[] row = row(device);
            row[column(kind)] = ByteSize.sum(row[column(kind)], size);
            return this;
        }

        private long[] row(int device) {
            long[] row = lastRow;
            if (row == null || device != lastDevice) {
                if (built) {
                    keepWhatWasBuilt();
                }
                row = bytes.computeIfAbsent(device, unknown -> new long[KINDS.length]);
                lastRow = row;
                lastDevice = device;
            }
            return row;
        }

        private void keepWhatWasBuilt() {
            TreeMap<Integer, long[]> copy = new TreeMap<>();
            bytes.forEach((device, row) -> copy.put(device, row.clone()));
            bytes = copy;
            built = false;
        }

        /**
         * Adds other totals; their devices become known.
         *
         * @param totals what to add
         * @return this
         */
        public Builder addAll(MemoryTotals totals) {
            totals.bytes.forEach((device, row) -> {
                for (MemoryKind kind : KINDS) {
                    add(device, kind, row[column(kind)]);
                }
            });
            return this;
        }

        /**
         * Makes the totals; the builder may go on.
         *
         * @return what was added so far
         */
        public MemoryTotals build() {
            // Copied when the builder goes on, which few do.
            built = true;
            lastRow = null;
            return new MemoryTotals(bytes);
        }
    }
}
