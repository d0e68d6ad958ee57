package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first example of the documentation. You see green. */
@Shows("the example of the README: an add, its cached program and its circular buffers")
// tag::readme[]
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB") // circular buffers stay until the mesh is closed
class ReadmeTests {

    static SimulatedMeshDevice mesh; // a TtDevice: its program cache is cleared after each test

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    @Test
    void decode() {
        try (SimulatedTensor a = mesh.tensor(DRAM, 4096);
                SimulatedTensor b = mesh.tensor(DRAM, 4096);
                SimulatedTensor sum = mesh.add(a, b)) {
            assertThat(sum.bytesPerDevice()).isEqualTo(4096);
        }
    }
}
// end::readme[]
