package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.KIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A tensor forgotten two calls deep. You see where in the test it was allocated, and what called that.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("where Java code allocated what is left")
class CallSiteLeakTests {

    static SimulatedTensor scores;

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::sites[]
    @Test
    void decode() {
        attention();
    }

    private static void attention() {
        scores = mesh.tensorOn(3, DRAM, 256 * KIB);
    }
    // end::sites[]
}
