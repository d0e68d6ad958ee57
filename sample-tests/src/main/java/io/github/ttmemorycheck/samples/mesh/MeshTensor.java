package io.github.ttmemorycheck.samples.mesh;

/** A tensor of a {@link Mesh}. */
public interface MeshTensor extends AutoCloseable {

    /**
     * Returns the size of the tensor.
     *
     * @return bytes on each device that holds it
     */
    long bytesPerDevice();

    /**
     * Gives the memory back.
     *
     * @throws IllegalStateException when the tensor is deallocated already or the mesh is closed
     */
    void deallocate();

    /** Gives the memory back. Does nothing when the tensor is deallocated already or the mesh is closed. */
    @Override
    void close();
}
