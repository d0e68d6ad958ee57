package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A test that forgets 8 GiB, and the next one, which runs out of memory for it. You see the leak, and on the failure of
 * the second a note that says who holds the memory.
 */
@Tag("leaks")
@TtMemoryCheck
@TestMethodOrder(MethodOrderer.MethodName.class)
@Shows("out of memory, with a note that says which test holds it")
class HeldMemoryLeakTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::held[]
    @Test
    void a_prefill_forgets_its_weights() {
        SimulatedTensor weights = mesh.tensorOn(1, DRAM, 8 * 1024 * MIB);
        assertThat(weights.kind()).isEqualTo(DRAM);
    }

    @Test
    void b_decode_finds_no_room() {
        mesh.tensorOn(1, DRAM, 8 * 1024 * MIB).deallocate();
    }
    // end::held[]
}
