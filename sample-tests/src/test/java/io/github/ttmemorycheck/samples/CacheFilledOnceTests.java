package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.KIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/**
 * A table that the first repetition makes and the others find: what is held rises by 64 KiB and then stays. The
 * baseline allows it, no growth is seen, and you see green.
 */
@TtMemoryCheck
@Shows("a cache that fills in the first repetition and then stays")
class CacheFilledOnceTests {

    static final Map<Integer, SimulatedTensor> TABLES = new HashMap<>();

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::plateau[]
    @RepeatedTest(4)
    @MemoryBaseline(device = 3, dram = "64KiB")
    void decode() {
        TABLES.computeIfAbsent(2048, length -> mesh.tensorOn(3, DRAM, 64 * KIB));
    }
    // end::plateau[]
}
