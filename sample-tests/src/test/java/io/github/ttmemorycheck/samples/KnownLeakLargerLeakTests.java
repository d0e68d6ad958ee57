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
 * The same when the leak has grown to 12 MiB. You see the whole leak, and that only 8 MiB of it were known.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("a waiver whose leak has grown")
class KnownLeakLargerLeakTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::larger[]
    @Test
    @KnownLeak(device = 3, max = "8MiB", reason = "the decoder keeps its scratch tensor")
    void decode() {
        SimulatedTensor scratch = mesh.tensorOn(3, DRAM, 12 * MIB);
        assertThat(scratch.kind()).isEqualTo(DRAM);
    }
    // end::larger[]
}
