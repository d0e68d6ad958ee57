package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.mesh.Mesh;
import io.github.ttmemorycheck.samples.mesh.MeshTensor;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same, but device 3 is left out when they are deallocated. You see 8 MiB of DRAM left on device 3 alone, in two
 * buffers, and the other seven devices clean.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("two tensors of 4 MiB forgotten on device 3 of the mesh")
class OneDeviceLeakTests {

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
    void decode() {
        for (int device = 0; device < mesh.devices(); device++) {
            MeshTensor keys = mesh.tensorOn(device, MemoryKind.DRAM, 4 * MIB);
            MeshTensor values = mesh.tensorOn(device, MemoryKind.DRAM, 4 * MIB);
            if (device != 3) {
                keys.deallocate();
                values.deallocate();
            }
        }
    }
}
