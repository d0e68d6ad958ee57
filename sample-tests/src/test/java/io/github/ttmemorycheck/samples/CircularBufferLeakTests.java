package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.mesh.Mesh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same without a baseline. You see 12 KiB of L1 left on device 0, in four buffers from 0x18b20 on, and nothing on
 * the other seven devices.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("12 KiB of circular buffers in L1 of device 0, with no baseline to allow them")
class CircularBufferLeakTests {

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
