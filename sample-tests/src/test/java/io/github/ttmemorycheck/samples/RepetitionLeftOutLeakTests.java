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
import org.junit.jupiter.api.Tag;

/**
 * Growth by 64 KiB, and a third repetition that fails for a reason of its own. You see its failure, and that the other
 * four grew: the third is left out, and the message says so.
 */
@Tag("leaks")
@TtMemoryCheck
@Shows("a repetition that failed is left out, and the others are judged")
class RepetitionLeftOutLeakTests {

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

    // tag::leftout[]
    @RepeatedTest(5)
    @MemoryBaseline(dram = "1MiB")
    void decode(RepetitionInfo repetition) {
        HISTORY.add(mesh.tensorOn(3, DRAM, 64 * KIB));
        if (repetition.getCurrentRepetition() == 3) {
            throw new IllegalStateException("the device did not answer");
        }
    }
    // end::leftout[]
}
