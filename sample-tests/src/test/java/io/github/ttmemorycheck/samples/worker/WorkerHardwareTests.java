package io.github.ttmemorycheck.samples.worker;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.samples.mesh.MeshTensor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How the worker finds out whether there are real devices, and what it says; with a fake in the place of {@code ttnn}.
 */
@Timeout(120)
class WorkerHardwareTests {

    private static final Path NOBODY = Path.of("target", "nobody.sock");
    private static final WorkerCommand WORKER = WorkerCommand.choose(System.getenv());

    /** Makes {@code import ttnn} fail or find the fake, whatever this machine has. */
    private static Map<String, String> ttnn(String directory) {
        return Map.of(
                "PYTHONPATH",
                Path.of("src", "test", "resources", directory).toAbsolutePath().toString());
    }

    private static boolean isPython() {
        return WORKER.reason().startsWith("the worker in Python");
    }

    @Test
    void with_ttnn_it_uses_the_devices_and_says_so() {
        if (!isPython()) {
            // The worker in Java never has ttnn.
            assertThatThrownBy(() -> WorkerDevice.open(WORKER, ttnn("fake-ttnn"), NOBODY, true))
                    .hasMessageContaining("there is no Python, so no ttnn");
            return;
        }
        try (WorkerDevice mesh = WorkerDevice.open(WORKER, ttnn("fake-ttnn"), NOBODY, true)) {
            assertThat(mesh.isHardware()).isTrue();
            assertThat(mesh)
                    .hasToString(mesh.toString())
                    .asString()
                    .startsWith("mesh of 8 devices of the worker (pid ");
            MeshTensor left = mesh.tensor(DRAM, 4096);
            MeshTensor sum = mesh.add(left, left);
            mesh.matmul(sum, left).deallocate();
            mesh.tensorOn(6, DRAM, 2048).deallocate();
            assertThat(mesh.traceBuffersSize()).hasValue(65_536);
            // One entry of the mesh, told by a part of it too.
            assertThat(mesh.allocatedBuffers())
                    .hasValueSatisfying(buffers ->
                            assertThat(buffers).hasSize(8).contains(new AllocatedBuffer(7, DRAM, 1024, 12 * 512)));
            assertThat(mesh.memoryView(DRAM)).contains(new MemoryView(12, 4096, 1024, 3072, 2048));
            assertThat(mesh.numProgramCacheEntries()).isEqualTo(2);
            mesh.clearProgramCache();
            assertThat(mesh.numProgramCacheEntries()).isZero();
            assertThatThrownBy(() -> mesh.tensor(DRAM, 100))
                    .hasMessageContaining("a tensor on a real device has 2048 bytes or a multiple of it, not 100")
                    .hasMessageContaining("opened (2, 4)")
                    .hasMessageContaining("tensor [1, 1, 32, 64] in dram")
                    .hasMessageContaining("submesh (1, 1) at (1, 2)")
                    .hasMessageContaining("cleared");
        }
    }

    @Test
    void without_ttnn_it_says_so_and_is_refused_where_real_devices_are_needed() {
        Map<String, String> none = ttnn("no-ttnn");
        try (WorkerDevice mesh = WorkerDevice.open(WORKER, none, NOBODY, false)) {
            assertThat(mesh.isHardware()).isFalse();
            assertThat(mesh).asString().startsWith("SIMULATED mesh of 8 devices of the worker (pid ");
        }
        assertThatThrownBy(() -> WorkerDevice.open(WORKER, none, NOBODY, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the samples are to run on real devices, and the worker (pid ")
                .hasMessageContaining(isPython() ? "ttnn cannot be imported: " : "there is no Python, so no ttnn")
                .hasMessageContaining("install ttnn for that Python")
                .hasMessageContaining("-Dsamples.python=PATH");
    }

    @Test
    void a_worker_that_does_not_answer_is_given_up_with_what_was_awaited() {
        List<String> silent = List.of("sh", "-c", "echo oops >&2; echo hello; read question; cat");
        try (WorkerProcess worker = WorkerProcess.start(silent, Map.of(), Duration.ofMillis(300))) {
            assertThat(worker.greeting()).isEqualTo("hello");
            assertThatThrownBy(() -> worker.ask("open"))
                    .hasMessage(worker + " did not give the answer to 'open', waited 300 ms; its last errors:\n  oops");
        }
    }

    @Test
    void a_worker_that_ends_at_once_is_said_with_its_errors() {
        List<String> failing = List.of("sh", "-c", "echo no such device >&2; exit 3");
        try (WorkerProcess worker = WorkerProcess.start(failing, Map.of(), Duration.ofSeconds(20))) {
            assertThatThrownBy(worker::greeting)
                    .hasMessageStartingWith(worker + " is gone, with exit code 3: its first line did not come");
        }
        assertThatThrownBy(() -> WorkerProcess.start(List.of("/no/such/program"), Map.of(), Duration.ofSeconds(20)))
                .hasMessageStartingWith("the worker cannot be started by [/no/such/program]: ");
    }
}
