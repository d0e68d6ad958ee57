package io.github.ttmemorycheck.samples.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class GarbageReleasesTests {

    @TempDir
    private Path directory;

    private ReportedMemory reported;

    @BeforeEach
    void listen() throws IOException {
        reported = new ReportedMemory(directory.resolve("s"));
    }

    @AfterEach
    void stop() throws IOException {
        reported.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"GARBAGE_IS_FREED", "GARBAGE_IS_FREED_LATE"})
    void a_forgotten_tensor_is_freed_when_it_is_garbage(SimulationOption option) {
        try (SimulatedMeshDevice mesh = SimulatedMeshDevice.open(directory.resolve("s"), option)) {
            forget(mesh);
            assertThat(reported.live()).hasSize(8);

            assertThat(everythingIsFreed(reported)).isTrue();
        }
    }

    @Test
    void a_deallocated_tensor_is_not_freed_again_as_garbage() throws IOException {
        SimulatedMeshDevice mesh = SimulatedMeshDevice.open(directory.resolve("s"), SimulationOption.GARBAGE_IS_FREED);
        forget(mesh);
        mesh.tensor(MemoryKind.L1, 1024).deallocate();
        mesh.close();

        // Collected after everything was freed: another free would be one of an unknown buffer.
        int events = reported.events();
        collectGarbage();
        assertThat(reported.events()).isEqualTo(events);
        assertThat(reported.live()).isEmpty();
    }

    @Test
    void without_the_option_garbage_stays_allocated() throws IOException {
        try (SimulatedMeshDevice mesh = SimulatedMeshDevice.open(directory.resolve("s"))) {
            forget(mesh);
            collectGarbage();
            assertThat(reported.live()).hasSize(8);
        }
    }

    @Test
    void closing_the_mesh_ends_the_thread_of_the_queue() throws InterruptedException {
        Thread queue;
        try (SimulatedMeshDevice mesh =
                SimulatedMeshDevice.open(directory.resolve("s"), SimulationOption.GARBAGE_IS_FREED_LATE)) {
            forget(mesh);
            assertThat(everythingIsFreed(reported)).isTrue();
            queue = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("simulated-mesh-garbage-queue"))
                    .findFirst()
                    .orElseThrow();
        }
        queue.join(5_000);
        assertThat(queue.isAlive()).isFalse();
    }

    /** Allocates in a frame of its own, so that nothing on the stack refers to the tensor afterwards. */
    private static void forget(SimulatedMeshDevice mesh) {
        mesh.tensor(MemoryKind.DRAM, 4096);
    }

    /** Collects until the tensor of another mesh is freed, which became garbage after those of the test. */
    private void collectGarbage() throws IOException {
        Path socket = directory.resolve("witness");
        try (ReportedMemory witness = new ReportedMemory(socket);
                SimulatedMeshDevice mesh = SimulatedMeshDevice.open(socket, SimulationOption.GARBAGE_IS_FREED)) {
            forget(mesh);
            assertThat(everythingIsFreed(witness)).isTrue();
        }
    }

    private static boolean everythingIsFreed(ReportedMemory memory) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!memory.live().isEmpty() && System.nanoTime() < deadline) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return memory.live().isEmpty();
    }
}
