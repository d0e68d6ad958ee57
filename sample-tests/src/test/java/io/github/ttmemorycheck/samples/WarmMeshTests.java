package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.ProgramCacheClearing;
import io.github.ttmemorycheck.SharedDeviceMemory;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** Programs that are compiled once for the class, and weights that are charged to nobody. You see green. */
// tag::warm[]
@TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
@MemoryBaseline(device = 0, l1 = "12KiB")
class WarmMeshTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
        SharedDeviceMemory weights = SharedDeviceMemory.open("llama weights");
        try {
            mesh.tensor(DRAM, 16 * MIB); // as a model's constructor would
        } finally {
            weights.close();
        }
    }

    @RepeatedTest(3)
    void decode() {
        addAndMatmul(mesh); // compiled in the first repetition, found in the others
    }

    @AfterAll
    static void close() {
        mesh.close();
    }
}
// end::warm[]
