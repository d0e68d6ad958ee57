package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;

import io.github.ttmemorycheck.DeviceMemory;
import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A device in an object of the tests, where the check does not find it, and which is given to it: its program cache is
 * cleared as that of a device in a field. You see green.
 */
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("a device that no field holds, given to the check")
class ManagedDeviceTests {

    static Harness<SimulatedMeshDevice> harness;

    // tag::manage[]
    @BeforeAll
    static void open(DeviceMemory memory) {
        harness = new Harness<>(memory.manage(SimulatedMeshDevice.open()));
    }
    // end::manage[]

    @AfterAll
    static void close() {
        harness.mesh().close();
    }

    @Test
    void add_and_matmul() {
        addAndMatmul(harness.mesh());
    }
}
