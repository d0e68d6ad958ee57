package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulationOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/**
 * Three runs of one step whose programs have another key each time: 36, 72, 108 KiB of DRAM on each device, 12, 24, 36
 * KiB of L1 on device 0. Each run alone is within the baseline; you see that it grew at every repetition, and the class
 * fail, since its baseline is spent once.
 */
@Tag("leaks")
@Shows("36, 72, 108 KiB of DRAM: programs that are never found again")
class AccumulationLeakTests {

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open(SimulationOption.UNSTABLE_PROGRAM_KEYS);
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    /** Nested, since closing the device takes everything back: it is judged while the device is still open. */
    @Nested
    @TtMemoryCheck
    @MemoryBaseline(dram = "36KiB")
    @MemoryBaseline(device = 0, l1 = "12KiB")
    class Training {

        @RepeatedTest(3)
        void step() {
            addAndMatmul(mesh);
        }
    }
}
