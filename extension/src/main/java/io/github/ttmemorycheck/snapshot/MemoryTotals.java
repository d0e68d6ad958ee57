package io.github.ttmemorycheck.snapshot;

import static org.apiguardian.api.API.Status.INTERNAL;
import static org.apiguardian.api.API.Status.STABLE;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of each kind are allocated on each device.
 *
 * <p>Immutable. Figures are in bytes, 0 or more; a total of 8 EiB or more, which only a wrong report can produce, is
 * held at {@link Long#MAX_VALUE}.
 */
@API(status = STABLE, since = "0.1")
public final class MemoryTotals implements Serializable {

    /** Nothing, on no device. */
    public static final MemoryTotals NONE = builder().build();

    private static final MemoryKind[] KINDS = MemoryKind.values();

    @Serial
    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, long[]> bytes;

    private MemoryTotals(Builder builder) {
        bytes = builder.bytes;
    }

    // Totals are stored only for a process of the same version: any order of the kinds will do.
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

    /** {@return the devices that there is a figure for, even if it is 0, ascending; a copy} */
    public NavigableSet<Integer> devices() {
        return new TreeSet<>(bytes.keySet());
    }

    /**
     * {@return every kind of memory on each device that there is a figure for, in order, those that hold nothing too}
     */
    public List<MemoryPool> pools() {
        return bytes.keySet().stream()
                .flatMap(device -> Stream.of(KINDS).map(kind -> new MemoryPool(device, kind)))
                .toList();
    }

    /**
     * {@return how many bytes of one kind are allocated on one device; 0 for a device that is not known}
     *
     * @param device the device's number
     * @param kind the kind of memory
     */
    public long of(int device, MemoryKind kind) {
        long[] row = bytes.get(device);
        return row == null ? 0 : row[column(kind)];
    }

    /**
     * {@return how many bytes of one kind are allocated on one device; 0 for a device that is not known}
     *
     * @param pool the device and the kind
     */
    public long of(MemoryPool pool) {
        return of(pool.device(), pool.kind());
    }

    /**
     * {@return how many bytes of one kind are allocated on all devices, at most {@link Long#MAX_VALUE}}
     *
     * @param kind the kind of memory
     */
    public long of(MemoryKind kind) {
        return ByteSize.sum(bytes.values().stream().mapToLong(row -> row[column(kind)]));
    }

    /** {@return how many bytes are allocated of all kinds on all devices, at most {@link Long#MAX_VALUE}} */
    public long sum() {
        return ByteSize.sum(bytes.values().stream().flatMapToLong(LongStream::of));
    }

    /** {@return whether every figure is 0} */
    public boolean isZero() {
        return bytes.values().stream().flatMapToLong(LongStream::of).allMatch(figure -> figure == 0);
    }

    /**
     * Compares with an earlier moment, figure by figure: a figure that fell does not make up for one that rose.
     *
     * @param earlier what was held then
     * @return the rise of every figure that rose; {@linkplain #isZero() zero} when none did
     */
    public MemoryTotals risenSince(MemoryTotals earlier) {
        if (equals(earlier)) {
            return NONE;
        }
        Builder risen = builder();
        for (MemoryPool pool : pools()) {
            long rise = of(pool) - earlier.of(pool);
            if (rise > 0) {
                risen.add(pool, rise);
            }
        }
        return risen.build();
    }

    /** Returns every figure less another, 0 at the least; the devices stay known. */
    @API(status = INTERNAL)
    public MemoryTotals less(MemoryTotals taken) {
        if (taken.isZero()) {
            return this;
        }
        Builder rest = builder();
        pools().forEach(pool -> rest.add(pool, Math.max(0, of(pool) - taken.of(pool))));
        return rest.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryTotals that
                && bytes.size() == that.bytes.size()
                && bytes.entrySet().stream()
                        .allMatch(row -> Arrays.equals(row.getValue(), that.bytes.get(row.getKey())));
    }

    @Override
    public int hashCode() {
        return bytes.entrySet().stream()
                .mapToInt(row -> 31 * row.getKey() + Arrays.hashCode(row.getValue()))
                .sum();
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

    /** Collects totals; not thread-safe. */
    public static final class Builder {

        private TreeMap<Integer, long[]> bytes = new TreeMap<>();

        /**
         * The row of {@code lastDevice}: most figures go to the device of the one before, and the look-up is what
         * costs.
         */
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

        /**
         * Adds to one figure; 0 makes the device known.
         *
         * @param pool the device and the kind of memory
         * @param size bytes to add, taken as unsigned
         * @return this
         */
        public Builder add(MemoryPool pool, long size) {
            return add(pool.device(), pool.kind(), size);
        }

        /**
         * Adds the size of a buffer to the figure of its device and kind.
         *
         * @param buffer the buffer
         * @return this
         */
        public Builder add(DeviceBuffer buffer) {
            return add(buffer.device(), buffer.kind(), buffer.size());
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
            totals.pools().forEach(pool -> add(pool, totals.of(pool)));
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
            return new MemoryTotals(this);
        }
    }
}
