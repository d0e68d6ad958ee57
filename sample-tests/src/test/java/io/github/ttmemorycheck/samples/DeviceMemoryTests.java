package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.KIB;
import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.DeviceMemory;
import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tests that look for themselves, with {@link DeviceMemory} as a parameter: between two snapshots, and after clearing
 * the program cache. You see green.
 */
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@Shows("a test that takes snapshots and clears the program cache itself")
class DeviceMemoryTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::snapshots[]
    @Test
    void a_tensor_takes_what_it_says(DeviceMemory memory) {
        MemorySnapshot before = memory.snapshot();
        try (SimulatedTensor tensor = mesh.tensor(DRAM, 64 * KIB)) {
            assertThat(memory.since(before).left(0, DRAM)).isEqualTo(tensor.bytesPerDevice());
        }
        assertThat(memory.since(before).isClean()).isTrue();
    }
    // end::snapshots[]

    // tag::clear[]
    @Test
    void the_cache_holds_the_kernels(DeviceMemory memory) {
        addAndMatmul(mesh);
        assertThat(memory.snapshot().allocated(7, DRAM)).isEqualTo(36 * KIB);

        memory.clearProgramCaches();
        assertThat(memory.snapshot().allocated(7, DRAM)).isZero();
    }
    // end::clear[]
}
