package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.mesh.Mesh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Frees of circular buffers carry no address, so the 12 KiB of L1 on device 0 look alive until the device is closed.
 * The baseline allows just that, on that device alone, and you see green.
 */
@Tag("hardware")
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("12 KiB of circular buffers in L1 of device 0, allowed by a baseline")
class CircularBufferTests {

    static Mesh mesh;

    @BeforeAll
    static void open() {
        mesh = Meshes.open();
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
