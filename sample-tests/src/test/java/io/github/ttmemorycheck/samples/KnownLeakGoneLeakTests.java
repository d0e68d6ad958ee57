package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.KnownLeak;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same when the leak is mended. You see the test fail until the waiver is removed, so that the leak cannot come
 * back unseen.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("a waiver whose leak is gone")
class KnownLeakGoneLeakTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::gone[]
    @Test
    @KnownLeak(device = 3, max = "8MiB", reason = "the decoder keeps its scratch tensor")
    void decode() {
        mesh.tensorOn(3, DRAM, 8 * MIB).deallocate();
    }
    // end::gone[]
}
