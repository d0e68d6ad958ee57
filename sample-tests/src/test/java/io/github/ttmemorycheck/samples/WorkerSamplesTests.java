package io.github.ttmemorycheck.samples;

import static io.github.ttmemorycheck.samples.Workload.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.samples.mesh.MeshTensor;
import io.github.ttmemorycheck.samples.worker.WorkerDevice;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The samples that run on any mesh, unchanged on that of a worker process: a simulation in the default build, real
 * devices with {@code -Phardware}.
 */
@Tag("hardware")
@Timeout(900)
class WorkerSamplesTests {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerSamplesTests.class);

    private static final String WORKER = "all of pid \\d+ (python\\S* worker\\.py|java) .*\\(ours\\)";

    @ParameterizedTest
    @ValueSource(
            classes = {
                CircularBufferTests.class,
                DeviceLeftOpenTests.class,
                ForgottenTensorTests.class,
                OneDeviceTests.class,
                ProgramCacheTests.class,
                WeightsTests.class
            })
    void a_sample_passes_on_the_mesh_of_a_worker(Class<?> sample) {
        SampleRun run = SampleRun.onWorker(sample);

        assertThat(run.failures()).isEmpty();
        assertThat(run.log()).contains(", says: hello ");
        LOG.info("checked on the mesh of a worker: {}: passes, {}", sample.getSimpleName(), run.workers());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ForgottenTensorLeakTests.class,
                OneDeviceLeakTests.class,
                ProgramCacheLeakTests.class,
                WeightsLeakTests.class
            })
    void a_leak_on_the_mesh_of_a_worker_fails_and_names_the_worker(Class<?> sample) {
        SampleRun run = SampleRun.onWorker(sample);

        assertThat(run.failures()).hasSize(1);
        String message = String.valueOf(run.failures().get(0).getMessage()).replaceAll("\\s+", " ");
        assertThat(message)
                .startsWith(sample.getSimpleName() + ".")
                .contains("() left ")
                .containsPattern(WORKER);
        LOG.info("checked on the mesh of a worker: {}: fails, as it must", sample.getSimpleName());
    }

    /** A worker that ends by itself and takes its memory with it. */
    @TtMemoryCheck
    static class KilledInMidTest {

        static WorkerDevice mesh;

        @BeforeAll
        static void open() {
            mesh = (WorkerDevice) Meshes.open();
        }

        @AfterAll
        static void close() {
            mesh.close();
        }

        @Test
        void loses_its_worker() throws InterruptedException {
            MeshTensor weights = mesh.tensor(DRAM, 4 * MIB);
            mesh.process().destroyForcibly().waitFor(20, TimeUnit.SECONDS);

            assertThat(mesh.isOpen()).isFalse();
            assertThatThrownBy(weights::deallocate).hasMessageContaining(" is gone, killed by signal 9: ");
        }
    }

    @Test
    void what_a_killed_worker_held_is_no_leak_but_ended_without_freeing() {
        SampleRun run = SampleRun.onWorker(KilledInMidTest.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.log()).contains("ended without freeing");
    }
}
