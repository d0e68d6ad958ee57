package io.github.ttmemorycheck.samples.simulation;

import java.util.Collections;
import java.util.List;

/**
 * The operations of the simulation, with the memory that their programs take.
 *
 * <p>Measured on a 2 x 4 mesh: the kernel binaries, 12 KiB and 24 KiB of DRAM on each device, and the first three
 * circular buffers, 4, 4 and 2 KiB of L1 on device 0. The fourth, 2 KiB, is filled up so that they come to the 12 KiB
 * that were measured as their sum; which of the two operations owns which of them is chosen.
 */
enum SimulatedOperation {
    ADD(12, 2, 4),
    MATMUL(24, 2, 2);

    private static final long KIBIBYTE = 1024;

    private final int kernel;
    private final int circularBuffers;
    private final int circularBuffer;

    SimulatedOperation(int kernel, int circularBuffers, int circularBuffer) {
        this.kernel = kernel;
        this.circularBuffers = circularBuffers;
        this.circularBuffer = circularBuffer;
    }

    /** Returns the size of the kernel binary in bytes, on each device. */
    long kernelBytes() {
        return kernel * KIBIBYTE;
    }

    /** Returns the sizes of the circular buffers in bytes, on device 0 alone. */
    List<Long> circularBufferBytes() {
        return Collections.nCopies(circularBuffers, circularBuffer * KIBIBYTE);
    }
}
