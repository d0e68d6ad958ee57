package io.github.ttmemorycheck.samples.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.samples.simulation.ReportedMemory.Block;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class SimulatedMeshDeviceTests {

    private static final long KIB = 1024;

    @TempDir
    private Path directory;

    private Path socket;
    private ReportedMemory reported;
    private SimulatedMeshDevice mesh;

    @BeforeEach
    void open() throws IOException {
        socket = directory.resolve("s");
        reported = new ReportedMemory(socket);
        mesh = SimulatedMeshDevice.open(socket);
    }

    @AfterEach
    void close() throws IOException {
        mesh.close();
        reported.close();
    }

    @Test
    void add_and_matmul_hold_the_measured_kernels_on_every_device() {
        addAndMatmul(mesh);

        assertThat(reported.live())
                .filteredOn(block -> block.kind() == MemoryKind.DRAM)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 8)
                        .boxed()
                        .flatMap(device -> Stream.of(
                                new Block(device, MemoryKind.DRAM, 0x3FFF_F800L, 12 * KIB),
                                new Block(device, MemoryKind.DRAM, 0x3FFF_F000L, 24 * KIB)))
                        .toList());
        assertThat(mesh.numProgramCacheEntries()).isEqualTo(2);
    }

    @Test
    void add_and_matmul_hold_circular_buffers_on_device_0_alone() {
        addAndMatmul(mesh);

        assertThat(reported.live())
                .filteredOn(block -> block.kind() == MemoryKind.L1)
                .containsExactly(
                        new Block(0, MemoryKind.L1, 0x1_8B20, 4 * KIB),
                        new Block(0, MemoryKind.L1, 0x1_9B20, 4 * KIB),
                        new Block(0, MemoryKind.L1, 0x1_AB20, 2 * KIB),
                        new Block(0, MemoryKind.L1, 0x1_B320, 2 * KIB));
    }

    @Test
    void a_kernel_is_allocated_twice_and_freed_once() {
        addAndMatmul(mesh);
        Block add = new Block(5, MemoryKind.DRAM, 0x3FFF_F800L, 12 * KIB);

        assertThat(reported.allocations(add)).isEqualTo(2);
        assertThat(reported.references(add)).isOne();
    }

    @Test
    void a_cached_program_is_not_loaded_again() {
        addAndMatmul(mesh);
        int events = reported.events();

        addAndMatmul(mesh);

        // Two operands and two results, allocated and freed on 8 devices each.
        assertThat(reported.events() - events).isEqualTo(4 * 2 * 8);
        assertThat(mesh.numProgramCacheEntries()).isEqualTo(2);
    }

    @Test
    void other_shapes_are_another_program() {
        addAndMatmul(mesh);

        try (SimulatedTensor large = mesh.tensor(MemoryKind.DRAM, 64 * KIB);
                SimulatedTensor sum = mesh.add(large, large)) {
            assertThat(sum.bytesPerDevice()).isEqualTo(64 * KIB);
        }

        assertThat(mesh.numProgramCacheEntries()).isEqualTo(3);
        assertThat(reported.bytes(0, MemoryKind.DRAM)).isEqualTo(48 * KIB);
        assertThat(reported.bytes(0, MemoryKind.L1)).isEqualTo(12 * KIB);
    }

    @Test
    void clearing_the_cache_leaves_the_circular_buffers_and_the_cache_enabled() {
        addAndMatmul(mesh);

        mesh.clearProgramCache();

        assertThat(reported.live()).hasSize(4).allMatch(block -> block.device() == 0 && block.kind() == MemoryKind.L1);
        assertThat(mesh.numProgramCacheEntries()).isZero();
        addAndMatmul(mesh);
        assertThat(mesh.numProgramCacheEntries()).isEqualTo(2);
    }

    @Test
    void a_disabled_cache_keeps_nothing_until_it_is_enabled_again() {
        mesh.disableAndClearProgramCache();
        addAndMatmul(mesh);
        assertThat(mesh.numProgramCacheEntries()).isZero();
        assertThat(reported.bytes(7, MemoryKind.DRAM)).isZero();

        mesh.enableProgramCache();
        addAndMatmul(mesh);
        assertThat(mesh.numProgramCacheEntries()).isEqualTo(2);
        assertThat(reported.bytes(7, MemoryKind.DRAM)).isEqualTo(36 * KIB);
    }

    @Test
    void unstable_keys_accumulate_36_KiB_and_12_KiB_at_each_run() {
        try (SimulatedMeshDevice unstable = SimulatedMeshDevice.open(socket, SimulationOption.UNSTABLE_PROGRAM_KEYS)) {
            for (int run = 1; run <= 3; run++) {
                addAndMatmul(unstable);
                unstable.clearProgramCache();
                assertThat(reported.bytes(7, MemoryKind.DRAM)).isEqualTo(run * 36L * KIB);
                assertThat(reported.bytes(0, MemoryKind.L1)).isEqualTo(run * 12L * KIB);
                assertThat(reported.bytes(1, MemoryKind.L1)).isZero();
            }
        }
        assertThat(reported.live()).isEmpty();
    }

    @Test
    void closing_releases_everything_and_closing_again_nothing() {
        addAndMatmul(mesh);
        mesh.captureTrace();
        mesh.tensor(MemoryKind.DRAM, 8 * KIB).view();
        mesh.tensorOn(3, MemoryKind.L1, 2 * KIB);

        mesh.close();
        int events = reported.events();
        mesh.close();

        assertThat(reported.live()).isEmpty();
        assertThat(reported.events()).isEqualTo(events);
        assertThat(mesh.isOpen()).isFalse();
    }

    @Test
    void a_closed_mesh_refuses_to_work() {
        SimulatedTensor tensor = mesh.tensor(MemoryKind.DRAM, 8 * KIB);
        mesh.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> mesh.tensor(MemoryKind.DRAM, 1))
                .withMessage("the SIMULATED mesh of 2 x 4 devices reporting to " + socket
                        + " is closed: a tensor cannot be allocated; open a new one");
        assertThatIllegalStateException()
                .isThrownBy(() -> mesh.add(tensor, tensor))
                .withMessage("the SIMULATED mesh of 2 x 4 devices reporting to " + socket
                        + " is closed: the SIMULATED tensor of 8 KiB of DRAM per device at 0x400000 on devices 0, 1, 2, 3,"
                        + " 4, 5, 6, 7 is gone; open a new one");
        assertThatIllegalStateException().isThrownBy(tensor::deallocate);
        assertThatIllegalStateException().isThrownBy(mesh::clearProgramCache);
        assertThatIllegalStateException().isThrownBy(mesh::numProgramCacheEntries);
        assertThatIllegalStateException().isThrownBy(mesh::captureTrace);
        assertThatCode(tensor::close).doesNotThrowAnyException();
    }

    @Test
    void a_tensor_is_deallocated_once() {
        SimulatedTensor tensor = mesh.tensorOn(3, MemoryKind.L1, 2 * KIB);
        tensor.deallocate();

        assertThatIllegalStateException()
                .isThrownBy(tensor::deallocate)
                .withMessage(
                        "the SIMULATED tensor of 2 KiB of L1 per device at 0x16d800 on device 3 is deallocated already");
        assertThatIllegalStateException().isThrownBy(tensor::view);
        tensor.close();
        assertThat(reported.live()).isEmpty();
    }

    @Test
    void a_view_is_a_reference_of_its_own() {
        SimulatedTensor tensor = mesh.tensorOn(3, MemoryKind.DRAM, 2 * KIB);
        SimulatedTensor view = tensor.view();
        Block block = new Block(3, MemoryKind.DRAM, 0x40_0000, 2 * KIB);
        assertThat(reported.references(block)).isEqualTo(2);

        tensor.deallocate();
        assertThat(reported.references(block)).isOne();
        view.deallocate();
        assertThat(reported.live()).isEmpty();
    }

    @Test
    void freed_addresses_are_used_again() {
        SimulatedTensor first = mesh.tensorOn(0, MemoryKind.DRAM, 24 * KIB);
        SimulatedTensor second = mesh.tensorOn(0, MemoryKind.DRAM, 25 * KIB);
        first.close();
        mesh.tensorOn(0, MemoryKind.DRAM, 2 * KIB);
        second.close();

        assertThat(reported.live()).containsExactly(new Block(0, MemoryKind.DRAM, 0x40_0000, 2 * KIB));
    }

    @Test
    void a_trace_is_memory_of_its_own_kind_under_which_the_cache_is_not_cleared() {
        addAndMatmul(mesh);
        mesh.captureTrace();
        assertThat(reported.bytes(7, MemoryKind.TRACE)).isEqualTo(64 * KIB);
        assertThatIllegalStateException()
                .isThrownBy(mesh::clearProgramCache)
                .withMessage("the program cache of the " + mesh
                        + " must not be cleared while a captured trace is alive; release the trace first");
        assertThatIllegalStateException().isThrownBy(mesh::captureTrace).withMessageContaining("already");

        mesh.releaseTrace();

        assertThat(reported.bytes(7, MemoryKind.TRACE)).isZero();
        mesh.clearProgramCache();
        assertThatIllegalStateException().isThrownBy(mesh::releaseTrace).withMessageContaining("no captured trace");
    }

    @Test
    void its_allocator_tells_all_but_circular_buffers() {
        addAndMatmul(mesh);
        SimulatedTensor tensor = mesh.tensorOn(3, MemoryKind.L1, 2 * KIB);
        tensor.view();

        assertThat(mesh.deviceIds()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(mesh.processId()).isEmpty();
        assertThat(mesh.allocatedBuffers())
                .hasValueSatisfying(buffers -> assertThat(buffers)
                        .hasSize(2 * 8 + 1)
                        .contains(
                                new AllocatedBuffer(3, MemoryKind.L1, 0x16_D800, 2 * KIB),
                                new AllocatedBuffer(7, MemoryKind.DRAM, 0x3FFF_F000L, 24 * KIB)));
        mesh.close();
        assertThatIllegalStateException().isThrownBy(mesh::allocatedBuffers);
        assertThat(mesh.traceBuffersSize()).hasValue(0);
    }

    @Test
    void the_largest_free_block_is_less_than_what_is_free_where_memory_is_in_pieces() {
        SimulatedTensor low = mesh.tensor(MemoryKind.DRAM, 24 * KIB);
        SimulatedTensor middle = mesh.tensor(MemoryKind.DRAM, 24 * KIB);
        long bank = 0x4000_0000 - 0x40_0000;
        assertThat(mesh.memoryView(MemoryKind.DRAM))
                .contains(new MemoryView(12, bank, 4 * KIB, bank - 4 * KIB, bank - 4 * KIB));

        low.close();

        assertThat(mesh.memoryView(MemoryKind.DRAM))
                .contains(new MemoryView(12, bank, 2 * KIB, bank - 2 * KIB, bank - 4 * KIB));
        assertThat(mesh.memoryView(MemoryKind.L1)).map(MemoryView::banks).contains(72);
        assertThat(mesh.memoryView(MemoryKind.TRACE)).isEmpty();
        middle.close();
    }

    @Test
    void a_trace_lies_in_dram_where_no_region_is_set_aside_for_it_and_is_told_of() {
        try (SimulatedMeshDevice other = SimulatedMeshDevice.open(socket, SimulationOption.TRACES_IN_DRAM)) {
            other.captureTrace();

            assertThat(reported.bytes(7, MemoryKind.TRACE)).isZero();
            assertThat(reported.bytes(7, MemoryKind.DRAM)).isEqualTo(64 * KIB);
            assertThat(other.traceBuffersSize()).hasValue(8 * 64 * KIB);
            assertThatIllegalStateException().isThrownBy(other::clearProgramCache);

            other.releaseTrace();
            assertThat(other.traceBuffersSize()).hasValue(0);
        }
    }

    @Test
    void what_no_device_can_hold_is_refused_and_leaves_nothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mesh.tensor(MemoryKind.TRACE, 1))
                .withMessage("a tensor must be in DRAM or L1, not in TRACE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mesh.tensor(MemoryKind.DRAM, 0))
                .withMessage("the size of a tensor must be 1 byte or more, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mesh.tensorOn(8, MemoryKind.DRAM, 1))
                .withMessageEndingWith("must be 0 to 7, not 8");
        SimulatedTensor large = mesh.tensorOn(7, MemoryKind.L1, 40 * KIB * KIB);
        assertThatIllegalStateException()
                .isThrownBy(() -> mesh.tensor(MemoryKind.L1, 40 * KIB * KIB))
                .withMessage("the SIMULATED device is out of L1: no room for 40 MiB in 72 banks of 952 KiB each;"
                        + " deallocate something first");
        large.close();
        assertThat(reported.live()).isEmpty();
    }

    @Test
    void an_operation_needs_tensors_on_all_devices() {
        try (SimulatedTensor one = mesh.tensorOn(3, MemoryKind.DRAM, KIB)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> mesh.matmul(one, one))
                    .withMessage("MATMUL needs tensors on all 8 devices, not the SIMULATED tensor of 1 KiB of DRAM per"
                            + " device at 0x400000 on device 3");
        }
    }

    @Test
    void it_calls_itself_a_simulation() {
        assertThat(mesh).hasToString("SIMULATED mesh of 2 x 4 devices reporting to " + socket);
    }

    static void addAndMatmul(SimulatedMeshDevice mesh) {
        try (SimulatedTensor left = mesh.tensor(MemoryKind.DRAM, 2 * KIB);
                SimulatedTensor right = mesh.tensor(MemoryKind.DRAM, 2 * KIB);
                SimulatedTensor sum = mesh.add(left, right);
                SimulatedTensor product = mesh.matmul(sum, right)) {
            assertThat(product.kind()).isEqualTo(MemoryKind.DRAM);
        }
    }
}
