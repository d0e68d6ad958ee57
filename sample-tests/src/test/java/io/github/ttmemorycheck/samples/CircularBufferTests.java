package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Frees of circular buffers carry no address, so the 12 KiB of L1 on device 0 look alive until the device is closed. The
 * baseline allows just that, on that device alone, and you see green.
 */
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("12 KiB of circular buffers in L1 of device 0, allowed by a baseline")
class CircularBufferTests {

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
    void add_and_matmul() {
        addAndMatmul(mesh);
    }
}
