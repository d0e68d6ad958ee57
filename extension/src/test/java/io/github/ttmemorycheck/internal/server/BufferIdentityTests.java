package io.github.ttmemorycheck.internal.server;

import static io.github.ttmemorycheck.snapshot.MemoryKind.CIRCULAR_BUFFER;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static io.github.ttmemorycheck.snapshot.MemoryKind.SYSTEM_MEMORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.FreeFault;
import io.github.ttmemorycheck.snapshot.FreeFault.Kind;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who holds what: a buffer is one of a process, a device, a kind, a size and an address. Over a real socket. */
@Timeout(60)
class BufferIdentityTests {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    /** More than the kernel gives to any process, so that none of these ends meanwhile. */
    private static final int NO_PROCESS = 1_000_000_000;

    @TempDir
    Path directory;

    private EmbeddedTracker tracker;
    private AllocationClient client;

    @BeforeEach
    void start() {
        tracker = EmbeddedTracker.start(directory.resolve("s"));
        client = worker(0);
    }

    @AfterEach
    void stop() {
        client.close();
        tracker.close();
    }

    private AllocationClient worker(int number) {
        return AllocationClient.builder()
                .socket(directory.resolve("s"))
                .processId(NO_PROCESS + number)
                .build();
    }

    private List<Long> sizes() {
        return tracker.snapshot().buffers().stream().map(DeviceBuffer::size).toList();
    }

    private long allocated(int device, MemoryKind kind) {
        return tracker.snapshot().allocated(device, kind);
    }

    @Test
    void two_workers_that_both_say_device_0_hold_two_buffers_and_free_their_own() {
        try (AllocationClient other = worker(1)) {
            client.allocate(0, DRAM, 0x400, 4 * MIB);
            other.allocate(0, DRAM, 0x400, 64 * MIB);

            assertThat(allocated(0, DRAM)).isEqualTo(68 * MIB);
            assertThat(tracker.snapshot().buffers())
                    .extracting(DeviceBuffer::processId)
                    .containsExactlyInAnyOrder(NO_PROCESS, NO_PROCESS + 1);

            client.free(0, 0x400);

            assertThat(tracker.snapshot().buffers()).singleElement().satisfies(left -> {
                assertThat(left.size()).isEqualTo(64 * MIB);
                assertThat(left.processId()).isEqualTo(NO_PROCESS + 1);
            });
        }
    }

    @Test
    void the_same_address_of_four_workers_is_four_buffers_and_no_reference_of_one() {
        List<AllocationClient> workers =
                IntStream.range(0, 4).mapToObj(this::worker).toList();
        workers.forEach(worker -> worker.allocate(0, DRAM, 0x20, 4 * MIB));

        assertThat(tracker.snapshot().buffers())
                .hasSize(4)
                .allMatch(buffer -> buffer.refCount() == 1)
                .extracting(DeviceBuffer::processId)
                .doesNotHaveDuplicates();
        workers.forEach(AllocationClient::close);
    }

    @Test
    void another_size_at_an_address_is_another_buffer() {
        client.allocate(1, L1, 0x60000, 32 * KIB);
        client.allocate(1, L1, 0x60000, 512 * KIB);

        assertThat(sizes()).containsExactly(32 * KIB, 512 * KIB);
        assertThat(allocated(1, L1)).isEqualTo(544 * KIB);
    }

    @Test
    void a_free_gives_back_the_newest_at_its_address() {
        client.allocate(0, L1, 0x60000, 32 * KIB);
        client.allocate(0, L1, 0x60000, 512 * KIB);
        client.free(0, 0x60000);

        assertThat(sizes()).containsExactly(32 * KIB);
    }

    @Test
    void another_kind_at_an_address_is_another_buffer() {
        client.allocate(0, DRAM, 0x1000, MIB);
        client.allocate(0, SYSTEM_MEMORY, 0x1000, MIB);
        client.allocate(0, CIRCULAR_BUFFER, 0x1000, KIB);

        assertThat(tracker.snapshot().buffers()).hasSize(3);
        assertThat(allocated(0, DRAM)).isEqualTo(MIB);
        assertThat(allocated(0, SYSTEM_MEMORY)).isEqualTo(MIB);
        assertThat(allocated(0, CIRCULAR_BUFFER)).isEqualTo(KIB);
    }

    @Test
    void what_is_left_at_an_address_is_charged_with_its_own_size_in_either_order() {
        client.allocate(0, L1, 0x18b00, 2 * KIB);
        try (var mark = tracker.mark()) {
            client.allocate(0, L1, 0x18b00, 96 * KIB);

            assertThat(tracker.since(mark).left(0, L1)).isEqualTo(96 * KIB);
        }
        client.allocate(1, L1, 0x18b00, 96 * KIB);
        try (var mark = tracker.mark()) {
            client.allocate(1, L1, 0x18b00, 2 * KIB);

            assertThat(tracker.since(mark).left(1, L1)).isEqualTo(2 * KIB);
        }
    }

    @Test
    void an_address_given_with_another_size_after_a_free_had_been_free() {
        client.allocate(0, DRAM, 0x100400, 8 * MIB);
        client.allocate(0, DRAM, 0x100400, 8 * MIB);
        client.free(0, 0x100400);
        client.allocate(0, DRAM, 0x100400, 2 * MIB);
        client.free(0, 0x100400);

        assertThat(tracker.snapshot().buffers()).isEmpty();
        assertThat(allocated(0, DRAM)).isZero();
    }

    @Test
    void an_address_of_another_memory_says_nothing_about_this_one() {
        client.allocate(0, DRAM, 0x100400, 8 * MIB);
        client.allocate(0, DRAM, 0x100400, 8 * MIB);
        client.free(0, 0x100400);
        client.allocate(0, L1, 0x100400, 2 * KIB);

        assertThat(allocated(0, DRAM)).isEqualTo(8 * MIB);
        assertThat(allocated(0, L1)).isEqualTo(2 * KIB);
    }

    @Test
    void what_an_earlier_session_left_stays_when_a_later_one_is_given_an_address_of_another_memory() {
        client.allocate(0, DRAM, 0x100400, 8 * MIB);
        try (AllocationClient again = worker(0)) {
            again.allocate(1, L1, 0, KIB);
            assertThat(allocated(1, L1)).isEqualTo(KIB);
            client.close();
            again.allocate(0, L1, 0x100400, 2 * KIB);

            assertThat(allocated(0, DRAM)).isEqualTo(8 * MIB);
        }
    }

    @Test
    void the_same_again_is_a_further_reference() {
        client.allocate(0, DRAM, 0x2000, MIB);
        client.allocate(0, DRAM, 0x2000, MIB);
        client.free(0, 0x2000);

        assertThat(tracker.snapshot().buffers()).singleElement().satisfies(left -> {
            assertThat(left.refCount()).isEqualTo(1);
            assertThat(left.allocations()).isEqualTo(2);
        });
        assertThat(allocated(0, DRAM)).isEqualTo(MIB);
    }

    @Test
    void a_size_that_a_free_does_not_tell_is_said() {
        try (var mark = tracker.mark()) {
            client.allocate(0, L1, 0x60000, 32 * KIB);
            client.allocate(0, L1, 0x60000, 512 * KIB);
            client.free(0, 0x60000);

            assertThat(tracker.since(mark).faults())
                    .containsExactly(new FreeFault(Kind.SEVERAL_AT_ADDRESS, 0, 0x60000, NO_PROCESS));
        }
    }

    @Test
    void an_address_freed_twice_is_said_and_one_that_was_never_reported_is_not() {
        try (var mark = tracker.mark()) {
            client.free(0, 0x9000);
            client.allocate(0, DRAM, 0x9000, MIB);
            client.free(0, 0x9000);
            assertThat(tracker.since(mark).faults())
                    .as("the first free came before anything was there")
                    .isEmpty();

            client.free(0, 0x9000);
            assertThat(tracker.since(mark).faults())
                    .containsExactly(new FreeFault(Kind.FREED_TWICE, 0, 0x9000, NO_PROCESS));
            try (var later = tracker.mark()) {
                assertThat(tracker.since(later).faults()).isEmpty();
            }
        }
    }

    @Test
    void what_was_there_before_a_mark_and_is_freed_twice_after_it_is_said() {
        client.allocate(0, DRAM, 0x9000, MIB);
        try (var mark = tracker.mark()) {
            client.free(0, 0x9000);
            client.free(0, 0x9000);

            assertThat(tracker.since(mark).faults()).hasSize(1);
        }
    }

    @Test
    void frees_that_name_device_0_for_buffers_of_others_are_said() {
        try (var mark = tracker.mark()) {
            for (int device = 0; device < 8; device++) {
                client.allocate(device, DRAM, 0x400, MIB);
            }
            for (int device = 0; device < 8; device++) {
                client.free(0, 0x400);
            }

            assertThat(tracker.since(mark).left()).hasSize(7);
            assertThat(tracker.since(mark).faults())
                    .hasSize(7)
                    .containsOnly(new FreeFault(Kind.ANOTHER_DEVICE, 0, 0x400, NO_PROCESS));
        }
    }

    @Test
    void a_reference_that_is_added_to_what_was_there_before_is_left() {
        client.allocate(0, DRAM, 0x1000, 32 * MIB);
        long first = tracker.snapshot().buffers().get(0).order();
        try (var mark = tracker.mark()) {
            client.allocate(0, DRAM, 0x1000, 32 * MIB);
            client.allocate(0, DRAM, 0x1000, 32 * MIB);
            client.free(0, 0x1000);

            SnapshotDiff diff = tracker.since(mark);
            assertThat(diff.left()).singleElement().satisfies(left -> {
                assertThat(left.referenceTo()).isEqualTo(first);
                assertThat(left.refCount()).isEqualTo(1);
                assertThat(left.allocations()).isEqualTo(2);
                assertThat(left.size()).isEqualTo(32 * MIB);
            });
            assertThat(diff.after().of(0, DRAM)).as("counted once").isEqualTo(32 * MIB);

            client.free(0, 0x1000);
            assertThat(tracker.since(mark).isClean()).isTrue();
        }
        assertThat(tracker.snapshot().buffers())
                .singleElement()
                .satisfies(left -> assertThat(left.refCount()).isEqualTo(1));
    }

    @Test
    void a_reference_to_what_is_left_itself_is_counted_with_it() {
        try (var whole = tracker.mark()) {
            client.allocate(0, DRAM, 0x1000, MIB);
            try (var part = tracker.mark()) {
                client.allocate(0, DRAM, 0x1000, MIB);

                assertThat(tracker.since(part).left()).hasSize(1);
                assertThat(tracker.since(whole).left()).singleElement().satisfies(left -> {
                    assertThat(left.referenceTo()).isZero();
                    assertThat(left.refCount()).isEqualTo(2);
                });
            }
        }
    }

    @Test
    void what_an_earlier_session_left_at_an_address_is_gone_when_a_later_one_is_given_it() {
        client.allocate(0, DRAM, 0x400000, 4 * MIB);
        client.close();
        try (var mark = tracker.mark();
                AllocationClient again = worker(0)) {
            again.allocate(0, DRAM, 0x400000, 4 * MIB);

            assertThat(tracker.since(mark).left()).singleElement().satisfies(left -> {
                assertThat(left.referenceTo()).isZero();
                assertThat(left.refCount()).isEqualTo(1);
            });
            assertThat(allocated(0, DRAM)).isEqualTo(4 * MIB);
        }
    }

    @Test
    void what_an_earlier_session_left_is_freed_by_a_later_one() {
        client.allocate(0, DRAM, 0x400000, 4 * MIB);
        client.close();
        try (AllocationClient again = worker(0)) {
            again.free(0, 0x400000);

            assertThat(tracker.snapshot().buffers()).isEmpty();
        }
    }

    @Test
    void nothing_is_left_of_a_client_that_connects_again_and_again() {
        for (int i = 0; i < 20_000; i++) {
            try (AllocationClient brief = worker(0)) {
                for (int n = 0; n < 10; n++) {
                    brief.allocate(0, DRAM, 0x1000L * n, MIB);
                    brief.free(0, 0x1000L * n);
                }
            }
        }

        assertThat(tracker.snapshot().buffers()).isEmpty();
        assertThat(tracker.counts().unknownFrees()).isZero();
    }

    @Test
    void circular_buffers_of_two_processes_at_one_address_are_two() {
        try (AllocationClient other = worker(1)) {
            client.allocate(0, CIRCULAR_BUFFER, 0x18b20, 4 * KIB);
            other.allocate(0, CIRCULAR_BUFFER, 0x18b20, 4 * KIB);
            other.freeCircularBuffer(0, 4 * KIB);

            assertThat(tracker.snapshot().buffers())
                    .singleElement()
                    .extracting(DeviceBuffer::processId)
                    .isEqualTo(NO_PROCESS);
        }
    }

    @Test
    void a_circular_buffer_at_address_0_has_no_claim_to_frees_that_carry_none() {
        client.allocate(0, CIRCULAR_BUFFER, 0, 2 * KIB);
        client.allocate(0, CIRCULAR_BUFFER, 0x18b20, 4 * KIB);
        client.freeCircularBuffer(0, 4 * KIB);

        assertThat(sizes()).containsExactly(2 * KIB);
    }
}
