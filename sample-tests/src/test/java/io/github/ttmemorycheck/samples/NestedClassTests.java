package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * A nested class that states nothing itself: check, baseline and device are those of the class around it. You see
 * green.
 */
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("a nested class with the check of the class around it")
class NestedClassTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::nested[]
    @Nested
    class Decoding {

        @Test
        void add_and_matmul() {
            addAndMatmul(mesh);
        }
    }
    // end::nested[]
}
