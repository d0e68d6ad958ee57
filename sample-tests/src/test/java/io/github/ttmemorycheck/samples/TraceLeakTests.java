package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same without releasing it. You see 64 KiB of TRACE left on each device, and with it the 36 KiB of DRAM of the
 * programs, since the cache was not cleared under a live trace.
 */
@Tag("leaks")
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("a captured trace that is still alive")
class TraceLeakTests {

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
        addAndMatmul(mesh);
        mesh.captureTrace();
    }
}
