package io.github.ttmemorycheck.internal.text;

/**
 * A buffer's place among all allocations. What only the allocator of a device tells is counted apart from what is
 * reported to a server, so that one number never names two buffers.
 */
public final class BufferNumber {

    /** Numbers from here on are of devices. JSON's readers keep them whole, since a double holds each exactly. */
    public static final long OF_DEVICES = 1L << 52;

    private BufferNumber() {}

    /** Returns whether only a device told the buffer. */
    public static boolean isOfDevice(long order) {
        return order >= OF_DEVICES;
    }

    /** Returns for example {@code #17-24}, and {@code #d3} for the third that devices told. */
    static String text(long first, long last) {
        return (isOfDevice(first) ? "#d" : "#") + plain(first) + (last == first ? "" : "-" + plain(last));
    }

    private static long plain(long order) {
        return isOfDevice(order) ? order - OF_DEVICES : order;
    }
}
