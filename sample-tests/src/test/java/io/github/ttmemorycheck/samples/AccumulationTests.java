package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Three runs of one step whose programs are found again in the cache: each run leaves what the one before left. The
 * baseline is spent once, by the first run, and you see green.
 */
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("three runs of a step leave 12 KiB of L1 once, not three times")
class AccumulationTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::spent[]
    @RepeatedTest(3)
    void step() {
        addAndMatmul(mesh); // leaves 12 KiB of L1 on device 0 the first time, and nothing more then
    }
    // end::spent[]
}
