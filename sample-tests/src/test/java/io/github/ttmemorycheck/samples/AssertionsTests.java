package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.assertj.TtMemoryAssertions.assertThat;
import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static io.github.ttmemorycheck.snapshot.MemoryKind.TRACE;

import io.github.ttmemorycheck.DeviceMemory;
import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The AssertJ assertions on snapshots and on what changed since one. You see green.
 */
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("assertions on what a call leaves")
class AssertionsTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::assertions[]
    @Test
    void add_and_matmul_leave_programs_alone(DeviceMemory memory) {
        MemorySnapshot before = memory.snapshot();
        addAndMatmul(mesh);

        assertThat(memory.since(before))
                .leavesNothingBut(DRAM, L1)
                .leavesAtMost(DRAM, "36KiB")
                .leavesExactly(0, L1, "12KiB");
        assertThat(memory.snapshot()).hasAllocated(7, DRAM, "36KiB").hasNoMemoryOf(TRACE);
    }
    // end::assertions[]
}
