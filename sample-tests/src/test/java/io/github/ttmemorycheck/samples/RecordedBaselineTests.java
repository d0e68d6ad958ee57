package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.TtMemoryCheckSettings;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import io.github.ttmemorycheck.samples.simulation.SimulatedTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A baseline that is recorded in a file, from then on allows what was left, and shrinks with it. You see green, the
 * file, and the message of a run that left more.
 */
@Timeout(60)
class RecordedBaselineTests {

    private static long bytes;

    @TempDir
    Path directory;

    @TtMemoryCheck
    static class Decoding {

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
            mesh.tensor(DRAM, bytes).deallocate(); // on every device, while this is left on one
            SimulatedTensor scratch = mesh.tensorOn(3, DRAM, bytes);
            assertThat(scratch.bytesPerDevice()).isEqualTo(bytes);
        }
    }

    private SampleRun run(long leaving, boolean record) {
        bytes = leaving;
        return SampleRun.of(
                Decoding.class,
                Map.of(
                        TtMemoryCheckSettings.BASELINE_FILE,
                        directory.resolve("baseline.txt").toString(),
                        TtMemoryCheckSettings.BASELINE_RECORD,
                        Boolean.toString(record)));
    }

    @Test
    void what_was_recorded_is_allowed_and_shrinks_but_does_not_grow() throws IOException {
        assertThat(run(8 * MIB, true).failures()).isEmpty();
        Golden.check("files/recorded-baseline.txt", Files.readString(directory.resolve("baseline.txt")));

        assertThat(run(4 * MIB, false).failures()).isEmpty();
        Golden.check("files/shrunk-baseline.txt", Files.readString(directory.resolve("baseline.txt")));

        Golden.check("files/over-recorded-baseline.txt", run(8 * MIB, false).messages());
    }
}
