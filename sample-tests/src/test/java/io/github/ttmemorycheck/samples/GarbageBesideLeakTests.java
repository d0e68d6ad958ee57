package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import io.github.ttmemorycheck.samples.simulation.SimulationOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A tensor that was dropped and freed by the garbage collector, beside one that is held. You see the one that is held,
 * and a note about the other.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("memory that only the garbage collector freed is mentioned beside a leak")
class GarbageBesideLeakTests {

    static final List<SimulatedTensor> HELD = new ArrayList<>();

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
        SimulatedTensor dropped = mesh.tensorOn(3, DRAM, 4 * MIB);
        HELD.add(mesh.tensorOn(3, DRAM, dropped.bytesPerDevice()));
    }
}
