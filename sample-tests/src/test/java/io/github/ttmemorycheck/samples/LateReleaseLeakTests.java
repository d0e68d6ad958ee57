package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The same without a baseline. You see the first test fail for the 4 MiB it left, and the second one not blamed for
 * anything.
 */
@Tag("leaks")
@TtMemoryCheck
@TestMethodOrder(MethodOrderer.MethodName.class)
@Shows("the test that left the memory fails, not the one that freed it")
class LateReleaseLeakTests {

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

    @Test
    void a_prefill_leaves_its_prompt() {
        PENDING.add(mesh.tensorOn(3, DRAM, 4 * MIB));
    }

    @Test
    void b_decode_deallocates_it() {
        PENDING.remove().deallocate();
    }
}
