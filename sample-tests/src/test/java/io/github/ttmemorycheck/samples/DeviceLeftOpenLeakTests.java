package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.mesh.Mesh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same, but the device is not closed, and the check cannot find it in a local variable, nor in an object of the tests. You see what is left when
 * neither the cache is cleared nor the device closed: 36 KiB of DRAM on each device and 12 KiB of L1 on device 0.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("36 KiB of DRAM per device and 12 KiB of L1 on device 0: a device left open")
class DeviceLeftOpenLeakTests {

    static Harness<Mesh> leftOpen;

    @Test
    void add_and_matmul() {
        Mesh mesh = Meshes.open();
        leftOpen = new Harness<>(mesh);
        addAndMatmul(mesh);
    }

    /** Only so that the next sample starts with free devices; the test above is judged before this. */
    @AfterAll
    static void close() {
        leftOpen.mesh().close();
    }
}
