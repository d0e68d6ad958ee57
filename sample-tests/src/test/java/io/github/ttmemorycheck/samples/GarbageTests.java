package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
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
 * A binding whose tensors are freed when they are garbage: the test drops its tensor, and nothing has collected it yet.
 * The check forces a collection before it judges, so you see green, and a note that closing the tensor would have been
 * better.
 */
@TtMemoryCheck
@Shows("a tensor that only the garbage collector frees")
class GarbageTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open(SimulationOption.GARBAGE_IS_FREED);
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    @Test
    void decode() {
        SimulatedTensor logits = mesh.tensor(MemoryKind.DRAM, 4 * MIB);
        assertThat(logits.kind()).isEqualTo(MemoryKind.DRAM);
    }
}
