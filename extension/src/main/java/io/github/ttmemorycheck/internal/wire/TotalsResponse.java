package io.github.ttmemorycheck.internal.wire;

/**
 * The answer to a QUERY: bytes allocated on one device, unsigned. Figures that a generation has no field for are 0 when
 * read from it.
 *
 * @param device the device that was asked for
 * @param dram bytes of DRAM
 * @param l1 bytes of L1
 * @param l1Small bytes of L1_SMALL and SYSTEM_MEMORY together
 * @param trace bytes of TRACE
 * @param circularBuffers bytes of circular buffers; from G3 on
 * @param kernels bytes of kernels; from G3 on
 */
public record TotalsResponse(
        int device, long dram, long l1, long l1Small, long trace, long circularBuffers, long kernels) {}
