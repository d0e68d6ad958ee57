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
 * The device is in an object of the tests, where the check does not find it, so its program cache is not cleared. You
 * see 36 KiB of DRAM left on each of the 8 devices, in two buffers of 12 and 24 KiB.
 */
@Tag("leaks")
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("36 KiB of DRAM per device left in a program cache that nobody clears")
class ProgramCacheLeakTests {

    static Harness<Mesh> harness;

    @BeforeAll
    static void open() {
        harness = new Harness<>(Meshes.open());
    }

    @AfterAll
    static void close() {
        harness.mesh().close();
    }

    @Test
    void add_and_matmul() {
        addAndMatmul(harness.mesh());
    }
}
