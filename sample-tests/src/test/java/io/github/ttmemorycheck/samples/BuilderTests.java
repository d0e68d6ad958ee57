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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The check registered in code, with a baseline, for the devices 0 to 3. You see green, whatever devices 4 to 7 keep.
 */
@Shows("the check registered in code")
class BuilderTests {

    // tag::builder[]
    @RegisterExtension
    static final TtMemoryCheckExtension MEMORY = TtMemoryCheckExtension.builder()
            .devices(0, 1, 2, 3)
            .baseline(0, L1, "12KiB")
            .build();
    // end::builder[]

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
        KEPT.add(mesh.tensorOn(5, DRAM, 4 * MIB));
    }
}
