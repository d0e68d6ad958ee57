package io.github.ttmemorycheck.samples.worker;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.samples.mesh.MeshTensor;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worker in Python, where there is one, and the one in Java, each as a process of its own. */
@Timeout(120)
class WorkerDeviceTests {

    private static final long KIB = 1024;

    @TempDir
    Path directory;

    private AllocationServer server;

    @BeforeEach
    void serve() {
        server = AllocationServer.start(directory.resolve("s"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What this machine would use, and what it would use without a Python; the same twice where it has none. */
    static List<WorkerCommand> workers() {
        return List.of(WorkerCommand.choose(System.getenv()), WorkerCommand.choose(Map.of("PATH", "/nowhere")));
    }

    private WorkerDevice open(WorkerCommand command) {
        return WorkerDevice.open(command, Map.of(), server.socket(), false);
    }

    private long held(io.github.ttmemorycheck.snapshot.MemoryKind kind) {
        return server.snapshot().allocated(kind);
    }

    @ParameterizedTest
    @MethodSource("workers")
    void allocates_what_a_mesh_of_eight_devices_was_seen_to_allocate(WorkerCommand command) {
        try (WorkerDevice mesh = open(command)) {
            assertThat(mesh.devices()).isEqualTo(8);
            assertThat(mesh.isOpen()).isTrue();
            MeshTensor left = mesh.tensor(DRAM, 2 * KIB);
            MeshTensor sum = mesh.add(left, left);
            mesh.matmul(sum, left).deallocate();
            sum.close();
            sum.close();
            left.deallocate();
            assertThat(held(DRAM)).isEqualTo(8 * 36 * KIB);
            assertThat(held(L1)).isEqualTo(12 * KIB);
            assertThat(server.snapshot().allocated(0, L1)).isEqualTo(12 * KIB);
            assertThat(server.snapshot().buffers())
                    .allSatisfy(buffer -> assertThat(buffer.processId())
                            .isEqualTo((int) mesh.process().pid()));
            assertThat(server.snapshot().buffers())
                    .extracting(buffer -> buffer.address())
                    .contains(0x3FFFF800L, 0x3FFFF000L, 0x18B20L, 0x19B20L, 0x1AB20L);
            assertThat(mesh.numProgramCacheEntries()).isEqualTo(2);

            mesh.clearProgramCache();

            assertThat(mesh.numProgramCacheEntries()).isZero();
            assertThat(held(DRAM)).isZero();
            MeshTensor one = mesh.tensorOn(3, L1, 64);
            assertThat(server.snapshot().allocated(3, L1)).isEqualTo(64);
            one.deallocate();
            mesh.disableAndClearProgramCache();
            MeshTensor again = mesh.tensor(DRAM, 4 * KIB);
            mesh.add(again, again).deallocate();
            assertThat(mesh.numProgramCacheEntries()).isZero();
            mesh.enableProgramCache();
            mesh.add(again, again).deallocate();
            assertThat(mesh.numProgramCacheEntries()).isEqualTo(1);
        }
        assertThat(server.snapshot().totals().isZero()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("workers")
    void it_tells_what_its_allocator_holds(WorkerCommand command) {
        try (WorkerDevice mesh = open(command)) {
            MeshTensor everywhere = mesh.tensor(DRAM, 2 * KIB);
            mesh.add(everywhere, everywhere).deallocate();
            MeshTensor one = mesh.tensorOn(3, L1, 64);
            everywhere.deallocate();

            assertThat(mesh.deviceIds()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(mesh.processId()).hasValue(mesh.process().pid());
            assertThat(mesh.traceBuffersSize()).hasValue(0);
            assertThat(mesh.allocatedBuffers())
                    .hasValueSatisfying(buffers -> assertThat(buffers)
                            .hasSize(9)
                            .contains(new AllocatedBuffer(7, DRAM, 0x3FFFF800L, 12 * KIB))
                            .filteredOn(buffer -> buffer.kind() == L1)
                            .singleElement()
                            .satisfies(buffer -> assertThat(buffer.size()).isEqualTo(64)));
            one.deallocate();
            mesh.clearProgramCache();
            assertThat(mesh.allocatedBuffers()).contains(List.of());
        }
    }

    @ParameterizedTest
    @MethodSource("workers")
    void what_it_refuses_is_said_and_it_goes_on(WorkerCommand command) throws Exception {
        WorkerDevice mesh = open(command);
        try (mesh) {
            assertThatThrownBy(() -> mesh.tensor(DRAM, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("the worker (pid " + mesh.process().pid())
                    .hasMessageContaining("refused 'tensor DRAM 0 all': ");
            MeshTensor tensor = mesh.tensor(DRAM, KIB);
            tensor.deallocate();
            assertThatThrownBy(tensor::deallocate).hasMessageContaining("refused 'free 1'");
            assertThat(mesh.numProgramCacheEntries()).isZero();
        }
        mesh.close();
        assertThat(mesh.isOpen()).isFalse();
        assertThat(mesh.process().isAlive()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("workers")
    void one_that_was_killed_is_said_to_be_gone(WorkerCommand command) throws Exception {
        try (WorkerDevice mesh = open(command)) {
            MeshTensor tensor = mesh.tensor(DRAM, KIB);
            mesh.process().destroyForcibly().waitFor(20, TimeUnit.SECONDS);
            assertThat(mesh.isOpen()).isFalse();
            assertThatThrownBy(tensor::deallocate)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(" is gone, killed by signal 9: ");
            tensor.close();
        }
    }

    @Test
    void the_tensor_of_another_mesh_is_no_operand() {
        WorkerCommand command = workers().get(0);
        try (WorkerDevice mesh = open(command);
                WorkerDevice other = open(command)) {
            MeshTensor foreign = other.tensor(DRAM, KIB);
            assertThatThrownBy(() -> mesh.add(foreign, foreign)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
