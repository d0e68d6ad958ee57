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
 * Two tensors on each device of the mesh, deallocated on each of them. You see green.
 */
@Tag("hardware")
@TtMemoryCheck
@Shows("two tensors of 4 MiB on each device by itself, all deallocated")
class OneDeviceTests {

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
            keys.deallocate();
            values.deallocate();
        }
    }
}
