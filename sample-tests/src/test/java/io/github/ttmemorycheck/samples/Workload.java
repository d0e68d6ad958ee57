package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import io.github.ttmemorycheck.snapshot.MemoryKind;

/** The code under test of the samples: it deallocates every tensor that it makes. */
final class Workload {

    static final long KIB = 1024;
    static final long MIB = 1024 * KIB;

    private Workload() {}

    /** Runs {@code add} and then {@code matmul}, which compiles them unless the program cache has them. */
    static void addAndMatmul(SimulatedMeshDevice mesh) {
        try (SimulatedTensor left = mesh.tensor(MemoryKind.DRAM, 2 * KIB);
                SimulatedTensor right = mesh.tensor(MemoryKind.DRAM, 2 * KIB);
                SimulatedTensor sum = mesh.add(left, right)) {
            mesh.matmul(sum, right).deallocate();
        }
    }
}
