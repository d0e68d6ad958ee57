package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.samples.mesh.Mesh;
import io.github.ttmemorycheck.samples.mesh.MeshTensor;
import io.github.ttmemorycheck.snapshot.MemoryKind;

/** The code under test of the samples: it deallocates every tensor that it makes. */
final class Workload {

    static final long KIB = 1024;
    static final long MIB = 1024 * KIB;

    private Workload() {}

    /** Runs {@code add} and then {@code matmul}, which compiles them unless the program cache has them. */
    static void addAndMatmul(Mesh mesh) {
        try (MeshTensor left = mesh.tensor(MemoryKind.DRAM, 2 * KIB);
                MeshTensor right = mesh.tensor(MemoryKind.DRAM, 2 * KIB);
                MeshTensor sum = mesh.add(left, right)) {
            mesh.matmul(sum, right).deallocate();
        }
    }
}
