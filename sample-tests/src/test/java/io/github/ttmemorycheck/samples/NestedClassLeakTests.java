package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.KIB;
import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same with a tensor that is forgotten. You see the nested class named, and the baseline of the class around it in
 * force.
 */
@Tag("leaks")
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("a leak in a nested class")
class NestedClassLeakTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    @Nested
    class Decoding {

        @Test
        void add_and_matmul() {
            addAndMatmul(mesh);
            SimulatedTensor forgotten = mesh.tensorOn(3, DRAM, 64 * KIB);
            assertThat(forgotten.kind()).isEqualTo(DRAM);
        }
    }
}
