package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulationOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/**
 * The same with keys that never repeat: each repetition compiles its programs again, though it calls the same. You see
 * that the cache got 2 programs more with each, and 36 KiB of DRAM on each device with them.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("a program cache that gets new entries for the same calls")
class UnstableKeysLeakTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open(SimulationOption.NEW_PROGRAM_KEYS);
        mesh.captureTrace();
    }

    @AfterAll
    static void close() {
        mesh.releaseTrace();
        mesh.close();
    }

    // tag::entries[]
    @RepeatedTest(3)
    @MemoryBaseline(dram = "36KiB")
    @MemoryBaseline(device = 0, l1 = "12KiB")
    void decode() {
        addAndMatmul(mesh);
    }
    // end::entries[]
}
