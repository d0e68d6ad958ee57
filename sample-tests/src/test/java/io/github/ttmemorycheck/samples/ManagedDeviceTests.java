package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;

import io.github.ttmemorycheck.DeviceMemory;
import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A device in a list, where the check does not find it, and which is given to it: its program cache is cleared as that
 * of a device in a field. You see green.
 */
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("a device that no field holds, given to the check")
class ManagedDeviceTests {

    static final List<SimulatedMeshDevice> POOL = new ArrayList<>();

    // tag::manage[]
    @BeforeAll
    static void open(DeviceMemory memory) {
        POOL.add(memory.manage(SimulatedMeshDevice.open()));
    }
    // end::manage[]

    @AfterAll
    static void close() {
        POOL.remove(0).close();
    }

    @Test
    void add_and_matmul() {
        addAndMatmul(POOL.get(0));
    }
}
