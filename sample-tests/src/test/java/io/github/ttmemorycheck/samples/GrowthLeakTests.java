package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.KIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/**
 * A list that holds one tensor more after each repetition, far below the baseline of 1 MiB. You see that it grew by 64
 * KiB on device 3 at every repetition, which no baseline lets pass.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("64 KiB more after each repetition, within a baseline of 1 MiB")
class GrowthLeakTests {

    static final List<SimulatedTensor> HISTORY = new ArrayList<>();

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::growth[]
    @RepeatedTest(4)
    @MemoryBaseline(dram = "1MiB")
    void decode() {
        HISTORY.add(mesh.tensorOn(3, DRAM, 64 * KIB));
    }
    // end::growth[]
}
