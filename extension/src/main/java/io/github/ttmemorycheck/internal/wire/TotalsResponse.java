package io.github.ttmemorycheck.internal.wire;

/**
 * The answer to a QUERY: bytes allocated on the device that was asked for, unsigned. Circular buffers and kernels have
 * fields from G3 on, and are 0 when read from an older generation.
 *
 * @param l1Small bytes of L1_SMALL and SYSTEM_MEMORY together
 */
public record TotalsResponse(
        int device, long dram, long l1, long l1Small, long trace, long circularBuffers, long kernels) {}
