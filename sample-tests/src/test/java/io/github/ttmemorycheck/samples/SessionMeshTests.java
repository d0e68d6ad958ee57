package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.addAndMatmul;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.simulation.SimulatedMeshDevice;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two classes that use one mesh, which is opened once for the whole run: by a test of whichever runs first, which is
 * not charged with it.
 */
class SessionMeshTests {

    @TtMemoryCheck
    @MemoryBaseline(device = 0, l1 = "12KiB")
    static class Decode {

        final SimulatedMeshDevice mesh = SessionMesh.get();

        @Test
        void decodes() {
            addAndMatmul(mesh);
        }
    }

    @TtMemoryCheck
    @MemoryBaseline(device = 0, l1 = "12KiB")
    static class Prefill {

        final SimulatedMeshDevice mesh = SessionMesh.get();

        @Test
        void prefills() {
            addAndMatmul(mesh);
        }
    }

    static Stream<List<Class<?>>> orders() {
        return Stream.of(List.of(Decode.class, Prefill.class), List.of(Prefill.class, Decode.class));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void whichever_class_runs_first_is_clean(List<Class<?>> classes) {
        SampleRun run = SampleRun.of(classes, Map.of());

        assertThat(run.failures()).isEmpty();
        assertThat(run.log())
                .contains("INFO shared memory 'session's mesh' still holds 14 MiB of DRAM on each of 8 devices at the"
                        + " end of the run");
    }

    @AfterEach
    void closeIt() {
        SessionMesh.close();
    }
}
