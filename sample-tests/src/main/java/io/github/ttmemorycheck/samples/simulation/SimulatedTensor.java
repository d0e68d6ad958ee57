package io.github.ttmemorycheck.samples.simulation;

import io.github.ttmemorycheck.samples.mesh.MeshTensor;
import io.github.ttmemorycheck.snapshot.MemoryKind;

/**
 * A tensor of a {@link SimulatedMeshDevice}: memory on one device or on all of them, without contents. Thread-safe, by
 * the lock of its device.
 */
public final class SimulatedTensor implements MeshTensor {

    private final SimulatedMeshDevice mesh;
    private final TensorMemory memory;

    SimulatedTensor(SimulatedMeshDevice mesh, TensorMemory memory) {
        this.mesh = mesh;
        this.memory = memory;
    }

    TensorMemory memory() {
        return memory;
    }

    /**
     * Returns the size of the tensor.
     *
     * @return bytes on each device that holds it
     */
    @Override
    public long bytesPerDevice() {
        return memory.bytesPerDevice();
    }

    /**
     * Returns where the tensor is.
     *
     * @return {@link MemoryKind#DRAM} or {@link MemoryKind#L1}
     */
    public MemoryKind kind() {
        return memory.kind();
    }

    /**
     * Returns a second tensor over the same memory. Each holds a reference to it: the memory is free when the tensor
     * and all its views are deallocated.
     *
     * @return the view, to be deallocated as the tensor itself
     * @throws IllegalStateException when this tensor is deallocated or the device is closed
     */
    public SimulatedTensor view() {
        return mesh.view(this);
    }

    /**
     * Gives the memory back.
     *
     * @throws IllegalStateException when this tensor is deallocated already or the device is closed
     */
    @Override
    public void deallocate() {
        mesh.deallocate(this);
    }

    /** Gives the memory back. Does nothing when this tensor is deallocated already or the device is closed. */
    @Override
    public void close() {
        mesh.free(memory);
    }

    /** Names the tensor as a simulated one, with size, kind, address and devices. */
    @Override
    public String toString() {
        return memory.toString();
    }
}
