package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.KIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.DeviceMemory;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cache beside the program cache, which is cleared with it and told apart. You see green. */
@TtMemoryCheck
class NamedCacheTests {

    static final Map<Integer, SimulatedTensor> ROPE_TABLES = new HashMap<>();

    static SimulatedMeshDevice mesh;

    // tag::cache[]
    @BeforeAll
    static void open(DeviceMemory memory) {
        mesh = SimulatedMeshDevice.open();
        memory.addCache("rope tables", NamedCacheTests::clearRopeTables);
    }

    static void clearRopeTables() {
        ROPE_TABLES.values().forEach(SimulatedTensor::deallocate);
        ROPE_TABLES.clear();
    }

    @Test
    void decode() {
        ROPE_TABLES.computeIfAbsent(2048, length -> mesh.tensor(DRAM, 64 * KIB));
    }
    // end::cache[]

    @AfterAll
    static void close() {
        mesh.close();
    }
}
