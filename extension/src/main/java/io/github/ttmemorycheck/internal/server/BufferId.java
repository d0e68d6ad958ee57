package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.MessageType;

/**
 * What tells one allocation from another.
 *
 * @param device the device's number
 * @param space what the number belongs to
 * @param number the device address, or a program's run-time number; unsigned
 */
record BufferId(int device, Space space, long number) {

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** Buffers, circular buffers and kernels are numbered apart: the same number means another thing in each. */
    enum Space {
        BUFFER(0),
        CIRCULAR_BUFFER(1),
        KERNEL(2);

        private final int salt;

        Space(int salt) {
            this.salt = salt;
        }

        static Space of(MessageType type) {
            return switch (type) {
                case ALLOC, FREE -> BUFFER;
                case CB_ALLOC, CB_FREE -> CIRCULAR_BUFFER;
                case KERNEL_LOAD, KERNEL_UNLOAD -> KERNEL;
                default -> throw new IllegalArgumentException(type + " names no allocation");
            };
        }
    }

    /** Addresses are multiples of a page: their low bits alone would fill few of a hash table's places. */
    @Override
    public int hashCode() {
        long mixed = (number + device * 31L + space.salt) * SPREAD;
        return (int) (mixed ^ mixed >>> 32);
    }
}
