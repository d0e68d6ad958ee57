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
import org.junit.jupiter.api.Test;

/**
 * A leak that is known: 8 MiB on device 3, and no more. You see green, and the waiver in the log at the end of the run.
 */
@TtMemoryCheck
@Shows("a known leak that is waived")
class KnownLeakUsedTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::used[]
    @Test
    @KnownLeak(device = 3, max = "8MiB", reason = "the decoder keeps its scratch tensor")
    void decode() {
        SimulatedTensor scratch = mesh.tensorOn(3, DRAM, 8 * MIB);
        assertThat(scratch.kind()).isEqualTo(DRAM);
    }
    // end::used[]
}
