package io.github.ttmemorycheck.device;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * How full one kind of memory of one device is. A buffer lies at one address in each of its banks, so what the banks
 * have in common decides what still fits.
 *
 * <p>Nothing is checked here. A view with a negative figure, or with more allocated or free than there is, counts as
 * not known.
 *
 * <p>Experimental, since bindings build it: a component is added when runtimes know more of their banks, and whoever
 * calls the constructor then has to give it.
 *
 * @param banks how many banks the memory has
 * @param bytesPerBank the bytes that each bank has to give
 * @param allocatedPerBank the bytes of each bank that are allocated
 * @param freePerBank the bytes of each bank that are free
 * @param largestContiguousFreePerBank the bytes of the largest free block of each bank: a buffer that needs more of a
 *     bank does not fit, however much is free in all
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record MemoryView(
        int banks, long bytesPerBank, long allocatedPerBank, long freePerBank, long largestContiguousFreePerBank) {}
