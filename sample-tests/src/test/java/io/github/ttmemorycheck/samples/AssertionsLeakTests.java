package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.assertj.TtMemoryAssertions.assertThat;
import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.DeviceMemory;
import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same with too small a limit. You see which device has how much of what, and where it was left.
 */
@Tag("leaks")
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("an assertion that fails")
class AssertionsLeakTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::fails[]
    @Test
    void add_and_matmul_leave_at_most_12_kib(DeviceMemory memory) {
        MemorySnapshot before = memory.snapshot();
        addAndMatmul(mesh);

        assertThat(memory.since(before)).leavesAtMost(DRAM, "12KiB");
    }
    // end::fails[]
}
