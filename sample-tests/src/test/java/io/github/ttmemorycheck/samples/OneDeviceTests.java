package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two tensors on each device of the mesh, deallocated on each of them. You see green.
 */
@TtMemoryCheck
@Shows("two tensors of 4 MiB on each device by itself, all deallocated")
class OneDeviceTests {

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
        for (int device = 0; device < SimulatedMeshDevice.DEVICES; device++) {
            SimulatedTensor keys = mesh.tensorOn(device, MemoryKind.DRAM, 4 * MIB);
            SimulatedTensor values = mesh.tensorOn(device, MemoryKind.DRAM, 4 * MIB);
            keys.deallocate();
            values.deallocate();
        }
    }
}
