package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.KIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import io.github.ttmemorycheck.samples.simulation.SimulationOption;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A binding that frees garbage 50 to 200 milliseconds after the collector has found it. The check waits for that, no
 * longer than {@code tt.memory.check.settle}, so you see green.
 */
@TtMemoryCheck
@Shows("tensors that a Cleaner frees late")
class LateCleanerTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open(SimulationOption.GARBAGE_IS_FREED_LATE);
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    @Test
    void decode() {
        for (int layer = 0; layer < 4; layer++) {
            SimulatedTensor activation = mesh.tensor(MemoryKind.L1, 64 * KIB);
            assertThat(activation.kind()).isEqualTo(MemoryKind.L1);
        }
    }
}
