package io.github.ttmemorycheck.device;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.apiguardian.api.API;

/**
 * A live buffer, as the allocator of a device lists it. Nothing is checked here: what cannot be is found by whoever
 * reads the list, and costs the device its word in that question.
 *
 * <p>Experimental, since bindings build it: a component is added when allocators list more of a buffer, and whoever
 * calls the constructor then has to give it.
 *
 * @param device the logical number of the device that holds it. A mesh that allocates in lock-step lists one entry for
 *     all its devices, with a number that is none of {@link TtDevice#deviceIds()}: the entry then stands for the same
 *     address on each of them
 * @param kind the buffer type
 * @param address the device address, unsigned, the same in each bank
 * @param size the bytes that the buffer takes on one device in all its banks together, 0 or more. An allocator that
 *     counts bytes for each bank is multiplied by the banks that the buffer lies in
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record AllocatedBuffer(int device, MemoryKind kind, long address, long size) {}
