package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.KIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A tensor and two views of it, each of which holds a reference to the memory until it is deallocated. All are, and you
 * see green.
 */
@TtMemoryCheck
@Shows("a tensor and two views of it, all deallocated")
class HeldReferenceTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    @Test
    void attention() {
        try (SimulatedTensor projection = mesh.tensor(MemoryKind.DRAM, 256 * KIB);
                SimulatedTensor heads = projection.view();
                SimulatedTensor transposed = projection.view()) {
            assertThat(heads.bytesPerDevice()).isEqualTo(transposed.bytesPerDevice());
        }
    }
}
