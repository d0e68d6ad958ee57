package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A prompt that one test leaves, within its baseline, and the next one frees. You see green, and a line in the log that
 * says whose memory was freed late.
 */
@TtMemoryCheck
@TestMethodOrder(MethodOrderer.MethodName.class)
@Shows("memory that a test leaves and the next one frees")
class LateReleaseTests {

    static final Deque<SimulatedTensor> PENDING = new ArrayDeque<>();

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::late[]
    @Test
    @MemoryBaseline(device = 3, dram = "4MiB")
    void a_prefill_leaves_its_prompt() {
        PENDING.add(mesh.tensorOn(3, DRAM, 4 * MIB));
    }

    @Test
    void b_decode_deallocates_it() {
        PENDING.remove().deallocate();
    }
    // end::late[]
}
