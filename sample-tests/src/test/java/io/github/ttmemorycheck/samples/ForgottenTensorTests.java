package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A tensor of 4 MiB on each device, deallocated by the block that made it. You see green, and nothing was allowed.
 */
@TtMemoryCheck
@Shows("a tensor of 4 MiB per device, deallocated")
class ForgottenTensorTests {

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
    void decode() {
        try (SimulatedTensor logits = mesh.tensor(MemoryKind.DRAM, 4 * MIB)) {
            assertThat(logits.bytesPerDevice()).isEqualTo(4 * MIB);
        }
    }
}
