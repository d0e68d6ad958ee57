package io.github.ttmemorycheck.samples.mesh;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.MemoryKind;

/** A mesh of devices, simulated or real. Closing it releases everything; twice is once. */
public interface Mesh extends TtDevice, AutoCloseable {

    /**
     * Returns how many devices it has, numbered from 0.
     *
     * @return 1 or more
     */
    int devices();

    /**
     * Allocates a tensor on all devices.
     *
     * @param kind {@link MemoryKind#DRAM} or {@link MemoryKind#L1}
     * @param bytesPerDevice its size on each device; 2 KiB or a multiple of it where the devices are real
     * @return the tensor, to be deallocated
     */
    MeshTensor tensor(MemoryKind kind, long bytesPerDevice);

    /**
     * Allocates a tensor on one device.
     *
     * @param device the number of the device
     * @param kind {@link MemoryKind#DRAM} or {@link MemoryKind#L1}
     * @param bytes its size; 2 KiB or a multiple of it where the devices are real
     * @return the tensor, to be deallocated
     */
    MeshTensor tensorOn(int device, MemoryKind kind, long bytes);

    /**
     * Runs {@code add}, which compiles its program unless that is cached.
     *
     * @param left a tensor of this mesh on all devices
     * @param right a tensor of this mesh on all devices
     * @return the result, as large as {@code left}, to be deallocated
     */
    MeshTensor add(MeshTensor left, MeshTensor right);

    /**
     * Runs {@code matmul}, which compiles its program unless that is cached.
     *
     * @param left a tensor of this mesh on all devices
     * @param right a tensor of this mesh on all devices
     * @return the result, as large as {@code left}, to be deallocated
     */
    MeshTensor matmul(MeshTensor left, MeshTensor right);

    @Override
    void close();
}
