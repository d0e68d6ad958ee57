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
import org.junit.jupiter.api.RepetitionInfo;

/**
 * A log on the device that is meant to get 4 KiB longer with each repetition, and a cache that takes two repetitions to
 * fill. The tolerance and the warm-ups say so, and you see green.
 */
@Shows("growth that is tolerated, after two warm-ups")
class GrowthToleranceTests {

    static final List<SimulatedTensor> LOG = new ArrayList<>();

    static SimulatedMeshDevice mesh;

    @BeforeAll
    static void open() {
        mesh = SimulatedMeshDevice.open();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    // tag::tolerance[]
    @RepeatedTest(5)
    @TtMemoryCheck(warmups = 2, growthTolerance = "4KiB")
    @MemoryBaseline(dram = "1MiB")
    void decode(RepetitionInfo repetition) {
        LOG.add(mesh.tensorOn(3, DRAM, repetition.getCurrentRepetition() <= 2 ? 64 * KIB : 4 * KIB));
    }
    // end::tolerance[]
}
