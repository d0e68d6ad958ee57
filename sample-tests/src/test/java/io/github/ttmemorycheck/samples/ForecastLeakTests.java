package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.KIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.TtMemoryCheckSettings;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/**
 * Growth of 12 KiB of L1 after each repetition, with a setting that tells how much L1 a device has. You see after how
 * many more repetitions it is full.
 */
@Tag("leaks")
@TtMemoryCheck
@WithSetting(key = TtMemoryCheckSettings.CAPACITY + "*.l1", value = "96MiB")
@Shows("12 KiB of L1 more after each repetition, and when the device is full")
class ForecastLeakTests {

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

    // tag::forecast[]
    @RepeatedTest(4)
    @MemoryBaseline(l1 = "1MiB")
    void decode() {
        HISTORY.add(mesh.tensorOn(0, L1, 12 * KIB));
    }
    // end::forecast[]
}
