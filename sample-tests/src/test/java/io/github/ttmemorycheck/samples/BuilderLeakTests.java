package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;

import io.github.ttmemorycheck.TtMemoryCheckExtension;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The same, but it forgets a tensor on device 2, which is judged. You see that one and not the one on device 5.
 */
@Tag("leaks")
@Shows("the check registered in code, and a leak on a device that is judged")
class BuilderLeakTests {

    @RegisterExtension
    static final TtMemoryCheckExtension MEMORY = TtMemoryCheckExtension.builder()
            .devices(0, 1, 2, 3)
            .baseline(0, L1, "12KiB")
            .build();

    static final List<SimulatedTensor> KEPT = new ArrayList<>();

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
    void decode() {
        addAndMatmul(mesh);
        KEPT.add(mesh.tensorOn(2, DRAM, 4 * MIB));
        KEPT.add(mesh.tensorOn(5, DRAM, 4 * MIB));
    }
}
