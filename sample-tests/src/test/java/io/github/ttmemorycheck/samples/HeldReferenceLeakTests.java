package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.KIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The tensor is deallocated but neither of its views, nor a third one. You see 256 KiB of DRAM left on each device,
 * with a ref_count of 3: more than 2 means that somebody still holds views.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("a tensor that three views keep alive: ref_count 3")
class HeldReferenceLeakTests {

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
    void attention() {
        try (SimulatedTensor projection = mesh.tensor(MemoryKind.DRAM, 256 * KIB)) {
            for (int head = 0; head < 3; head++) {
                assertThat(projection.view().bytesPerDevice()).isEqualTo(256 * KIB);
            }
        }
    }
}
