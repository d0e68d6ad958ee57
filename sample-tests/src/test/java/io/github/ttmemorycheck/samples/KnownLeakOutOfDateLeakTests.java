package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.KnownLeak;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same when the leak was to be mended by the end of 2025. You see the whole leak, and since when it is not waived
 * any more.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("a waiver that is out of date")
class KnownLeakOutOfDateLeakTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::outofdate[]
    @Test
    @KnownLeak(device = 3, until = "2025-12-31", reason = "the decoder keeps its scratch tensor")
    void decode() {
        SimulatedTensor scratch = mesh.tensorOn(3, DRAM, 8 * MIB);
        assertThat(scratch.kind()).isEqualTo(DRAM);
    }
    // end::outofdate[]
}
