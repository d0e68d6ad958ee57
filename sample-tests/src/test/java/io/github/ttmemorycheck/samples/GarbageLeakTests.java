package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import io.github.ttmemorycheck.samples.simulation.SimulationOption;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same binding, but a list still refers to the tensor, so no collection frees it. You see 4 MiB of DRAM left on
 * each device, and how often a collection was forced in vain.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("a tensor that would be freed as garbage, but a list refers to it")
class GarbageLeakTests {

    static final List<SimulatedTensor> HISTORY = new ArrayList<>();

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open(SimulationOption.GARBAGE_IS_FREED);
    }

    @AfterAll
    static void close() {
        mesh.close();
        HISTORY.clear();
    }

    @Test
    void decode() {
        HISTORY.add(mesh.tensor(MemoryKind.DRAM, 4 * MIB));
    }
}
