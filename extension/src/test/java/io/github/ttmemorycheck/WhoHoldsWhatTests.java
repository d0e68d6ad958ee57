package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.PrivateServer.client;
import static io.github.ttmemorycheck.snapshot.MemoryKind.CIRCULAR_BUFFER;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.device.TtDevice;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Verdicts and sentences about who holds what, who freed it and when. */
@Timeout(60)
class WhoHoldsWhatTests {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TtMemoryCheck
    static class AddsView {

        @BeforeAll
        static void loadWeights() {
            client().allocate(0, DRAM, 0x1000, 32 * MIB);
        }

        @Test
        void a_makes_a_view() {
            client().allocate(0, DRAM, 0x1000, 32 * MIB);
        }

        @Test
        void b_makes_a_view_and_gives_it_back() {
            client().allocate(0, DRAM, 0x1000, 32 * MIB);
            client().free(0, 0x1000);
        }

        @AfterAll
        static void freeWeights() {
            client().free(0, 0x1000);
        }
    }

    @Test
    void a_view_that_a_test_adds_to_what_was_there_before_is_charged_to_it_alone() {
        FixtureRun run = SERVER.run(AddsView.class);

        assertThat(run.failed()).containsExactly("a_makes_a_view()");
        assertThat(run.of("a_makes_a_view()").words())
                .startsWith("WhoHoldsWhatTests.AddsView.a_makes_a_view() left 32 MiB of DRAM on device 0")
                .contains(
                        "32 MiB at 0x1000 on device 0 was allocated before; a further reference was added to it and not"
                                + " given back: deallocate the view")
                .doesNotContain("device is still open")
                .doesNotContain("freed meanwhile");
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "16MiB")
    static class AddsAllowedView {

        @BeforeAll
        static void loadWeights() {
            client().allocate(0, DRAM, 0x1000, 12 * MIB);
            client().allocate(0, DRAM, 0x2000, 12 * MIB);
        }

        @Test
        void a_makes_a_view() {
            client().allocate(0, DRAM, 0x1000, 12 * MIB);
        }

        @Test
        void b_makes_another() {
            client().allocate(0, DRAM, 0x2000, 12 * MIB);
        }

        @AfterAll
        static void freeWeights() {
            client().free(0, 0x1000);
            client().free(0, 0x2000);
        }
    }

    @Test
    void a_class_that_fails_for_views_names_the_tests_that_made_them() {
        FixtureRun run = SERVER.run(AddsAllowedView.class);

        assertThat(run.failed()).containsExactly("WhoHoldsWhatTests$AddsAllowedView");
        assertThat(run.of("WhoHoldsWhatTests$AddsAllowedView").words())
                .contains("further reference that WhoHoldsWhatTests.AddsAllowedView.a_makes_a_view()")
                .contains("further reference that WhoHoldsWhatTests.AddsAllowedView.b_makes_another()")
                .contains("deallocate the view");
    }

    @TtMemoryCheck
    static class UnclearFrees {

        @Test
        void frees_one_of_two_sizes() {
            client().allocate(0, L1, 0x60000, 32 * KIB);
            client().allocate(0, L1, 0x60000, 512 * KIB);
            client().free(0, 0x60000);
        }

        @Test
        void names_device_0_in_all_frees() {
            for (int device = 0; device < 8; device++) {
                client().allocate(device, DRAM, 0x400, MIB);
            }
            for (int device = 0; device < 8; device++) {
                client().free(0, 0x400);
            }
        }
    }

    @Test
    void frees_that_do_not_say_enough_are_said_in_the_message() {
        FixtureRun run = SERVER.run(UnclearFrees.class);

        assertThat(run.of("frees_one_of_two_sizes()").words())
                .startsWith("WhoHoldsWhatTests.UnclearFrees.frees_one_of_two_sizes() left 32 KiB of L1 on device 0")
                .contains("had several buffers at 0x60000 on device 0, and the free does not say which of them it gave"
                        + " back: one of their sizes is left; the newest counts as freed");
        assertThat(run.of("names_device_0_in_all_frees()").words())
                .contains("7 frees named device 0 for addresses that only devices 1-7 have: devices 1-7 never report"
                        + " frees")
                .doesNotContain("freed twice");
    }

    @TtMemoryCheck
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class SmallThenLarge {

        @Test
        void a_leaves_2_kib() {
            client().allocate(0, CIRCULAR_BUFFER, 0x18b00, 2 * KIB);
        }

        @Test
        void b_leaves_96_kib() {
            client().allocate(0, CIRCULAR_BUFFER, 0x18b00, 96 * KIB);
        }
    }

    @TtMemoryCheck
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class LargeThenSmall {

        @Test
        void a_leaves_96_kib() {
            client().allocate(0, CIRCULAR_BUFFER, 0x18b00, 96 * KIB);
        }

        @Test
        void b_leaves_2_kib() {
            client().allocate(0, CIRCULAR_BUFFER, 0x18b00, 2 * KIB);
        }
    }

    @Test
    void each_test_is_charged_with_what_it_left_at_one_address_in_either_order() {
        FixtureRun growing = SERVER.run(SmallThenLarge.class);
        FixtureRun shrinking = SERVER.run(LargeThenSmall.class);

        assertThat(growing.of("a_leaves_2_kib()").words()).contains("left 2 KiB of circular buffers on device 0");
        assertThat(growing.of("b_leaves_96_kib()").words()).contains("left 96 KiB of circular buffers on device 0");
        assertThat(shrinking.of("a_leaves_96_kib()").words()).contains("left 96 KiB of circular buffers on device 0");
        assertThat(shrinking.of("b_leaves_2_kib()").words()).contains("left 2 KiB of circular buffers on device 0");
    }

    @TtMemoryCheck
    static class LeavesASession {

        @KnownLeak(reason = "the device is closed without its frees")
        @Test
        void closes_its_client_with_4_mib_allocated() throws IOException {
            try (AllocationClient session =
                    AllocationClient.connect(SERVER.server().socket())) {
                session.allocate(0, DRAM, 0x400000, 4 * MIB);
            }
        }
    }

    @TtMemoryCheck
    static class OpensASessionAtTheSameAddress {

        @Test
        void leaves_64_mib() throws IOException {
            session = AllocationClient.connect(SERVER.server().socket());
            session.allocate(0, DRAM, 0x400000, 64 * MIB);
        }

        private static @Nullable AllocationClient session;
    }

    @Test
    void what_a_later_session_leaves_at_the_address_of_a_waived_leak_is_a_leak() {
        FixtureRun run = SERVER.run(List.of(LeavesASession.class, OpensASessionAtTheSameAddress.class));

        assertThat(run.failed()).containsExactly("leaves_64_mib()");
        assertThat(run.of("leaves_64_mib()").words()).contains("left 64 MiB of DRAM on device 0");
    }

    @TtMemoryCheck
    static class FreesTwice {

        @Test
        void frees_twice() {
            client().allocate(0, DRAM, 0x1000, MIB);
            client().free(0, 0x1000);
            client().free(0, 0x1000);
        }
    }

    @Test
    @ResourceLock(Resources.SYSTEM_ERR)
    void an_address_that_is_freed_twice_is_warned_of_unless_that_is_ignored() throws IOException {
        String said =
                "WARN io.github.ttmemorycheck - WhoHoldsWhatTests.FreesTwice.frees_twice() freed an address twice";

        assertThat(Printed.during(() -> SERVER.run(FreesTwice.class))).contains(said);
        assertThat(Printed.during(() -> SERVER.run(FreesTwice.class, TtMemoryCheckSettings.DOUBLE_FREE, "ignore")))
                .doesNotContain(said);
    }

    @Test
    void an_address_that_is_freed_twice_fails_its_test_only_if_that_is_set() {
        assertThat(SERVER.run(FreesTwice.class).failed()).isEmpty();
        assertThat(SERVER.run(FreesTwice.class, TtMemoryCheckSettings.DOUBLE_FREE, "ignore")
                        .failed())
                .isEmpty();

        FixtureRun run = SERVER.run(FreesTwice.class, TtMemoryCheckSettings.DOUBLE_FREE, "fail");

        assertThat(run.failed()).containsExactly("frees_twice()");
        assertThat(run.of("frees_twice()").message())
                .startsWith(
                        "WhoHoldsWhatTests.FreesTwice.frees_twice() freed an address twice\n\n  0x1000 on device 0, by")
                .contains("tt.memory.check.doubleFree=warn lets such a test pass")
                .doesNotContain("=fail");
    }

    @TtMemoryCheck
    static class CircularBufferInTensor {

        @Test
        void shares_the_tensors_range() {
            client().allocate(0, L1, 0x40000, 256 * KIB);
            client().allocate(0, CIRCULAR_BUFFER, 0x40000, 256 * KIB);
        }
    }

    @Test
    void a_circular_buffer_inside_a_tensor_is_counted_once() {
        String message = SERVER.run(CircularBufferInTensor.class)
                .of("shares_the_tensors_range()")
                .message();

        assertThat(message)
                .startsWith("WhoHoldsWhatTests.CircularBufferInTensor.shares_the_tensors_range() left 256 KiB of L1 on"
                        + " device 0")
                .contains("@MemoryBaseline(device = 0, l1 = \"256KiB\")")
                .doesNotContain("512");
    }

    /** Frees 1 MiB after the other, as fast as a millisecond allows, until it is told to end. */
    private static final class Queue {

        private final AtomicBoolean ended = new AtomicBoolean();
        private final Thread worker;

        Queue(int buffers) {
            for (int i = 0; i < buffers; i++) {
                client().allocate(0, DRAM, 0x100_0000L + i * MIB, MIB);
            }
            worker = new Thread(() -> {
                for (int i = 0; i < buffers && !ended.get(); i++) {
                    client().free(0, 0x100_0000L + i * MIB);
                    LockSupport.parkNanos(1_000_000);
                }
            });
            worker.start();
        }

        void end() {
            ended.set(true);
            try {
                worker.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A device whose empty cache takes as long to clear as some frees of the queue. */
    private static final class SlowDevice implements TtDevice {

        @Override
        public void enableProgramCache() {}

        @Override
        public void clearProgramCache() {
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS))
                    .join();
        }

        @Override
        public void disableAndClearProgramCache() {}

        @Override
        public long numProgramCacheEntries() {
            return 0;
        }
    }

    @TtMemoryCheck
    static class FreedByWorker {

        static final TtDevice DEVICE = new SlowDevice();
        private static @Nullable Queue queue;

        @Test
        void leaves_a_queue_of_frees() {
            queue = new Queue(2_000);
            client().allocate(1, DRAM, 0x1000, MIB);
        }

        @AfterAll
        static void end() {
            if (queue != null) {
                queue.end();
            }
        }
    }

    @Test
    void what_a_worker_frees_meanwhile_is_neither_garbage_nor_cache() {
        assertThat(SERVER.run(FreedByWorker.class)
                        .of("leaves_a_queue_of_frees()")
                        .message())
                .contains("were freed in the background meanwhile")
                .contains("program cache: held no programs\n")
                .doesNotContain("garbage collection");
    }

    @TtMemoryCheck
    static class FreedBetween {

        @Test
        void a_leaves() {
            client().allocate(0, DRAM, 0x7000, MIB);
        }

        @Test
        void b_is_clean() {}

        @AfterEach
        void interrupt() {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_test_that_ends_interrupted_is_judged_as_any_other() {
        FixtureRun run = SERVER.run(FreedBetween.class);

        assertThat(run.failed()).containsExactly("a_leaves()");
        assertThat(run.of("a_leaves()").message()).doesNotContain("no garbage collection happened");
        Thread.interrupted();
    }

    @TtMemoryCheck
    static class ReportsToNobody {

        @Test
        void reports_where_nobody_listens() {
            try (AllocationClient lost =
                    AllocationClient.connect(SERVER.directory().resolve("nobody"))) {
                lost.allocate(0, DRAM, 0x1000, MIB);
            }
        }

        @Test
        void reports_where_the_tracker_listens() {
            client().allocate(0, DRAM, 0x1000, MIB);
            client().free(0, 0x1000);
        }
    }

    @Test
    void events_that_could_not_be_delivered_make_a_test_unmeasured() {
        FixtureRun run = SERVER.run(ReportsToNobody.class);

        assertThat(run.failed())
                .as("the class says nothing that its test has said")
                .containsExactly("reports_where_nobody_listens()");
        assertThat(run.of("reports_where_nobody_listens()").words())
                .startsWith(
                        "WhoHoldsWhatTests.ReportsToNobody.reports_where_nobody_listens() could not be checked: events of"
                                + " this JVM could not be delivered")
                .contains("found: No such file or directory");
    }
}
