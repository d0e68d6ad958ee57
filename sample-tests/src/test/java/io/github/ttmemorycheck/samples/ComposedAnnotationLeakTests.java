package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.KIB;
import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * The same with a tensor that is forgotten. You see that the baseline of {@link DeviceTest} covers the circular
 * buffers, and nothing else.
 */
@Tag("leaks")
@Shows("a leak under a test annotation of one's own")
class ComposedAnnotationLeakTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    @DeviceTest
    void add_and_matmul() {
        addAndMatmul(mesh);
        SimulatedTensor forgotten = mesh.tensorOn(3, DRAM, 64 * KIB);
        assertThat(forgotten.kind()).isEqualTo(DRAM);
    }
}
