package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/**
 * A trace that the class holds, so that the program cache is not cleared between the repetitions: they find their
 * programs again. It holds 2 programs after each of them, and you see green.
 */
@TtMemoryCheck
@MemoryBaseline(dram = "36KiB")
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("a program cache that is kept, under a live trace, and finds its programs again")
class StableKeysTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
        mesh.captureTrace();
    }

    @AfterAll
    static void close() {
        mesh.releaseTrace();
        mesh.close();
    }

    @RepeatedTest(3)
    void decode() {
        addAndMatmul(mesh);
    }
}
