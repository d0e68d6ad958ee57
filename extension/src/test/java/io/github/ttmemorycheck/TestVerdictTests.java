package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.CIRCULAR_BUFFER;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.jupiter.HeldMemory;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.TestAbortedException;

/** What each test is told about what it left. */
@Timeout(60)
class TestVerdictTests {

    private static final long KIB = 1024;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TtMemoryCheck
    static class Leaking {

        @Test
        void clean() {
            client().allocate(0, DRAM, 0x100, 4 * KIB);
            client().free(0, 0x100);
        }

        @Test
        void leaks() {
            client().allocate(3, DRAM, 0x1000, 4 * KIB);
            client().allocate(3, DRAM, 0x2000, 4 * KIB);
        }

        @Test
        void leaks_again_at_the_same_address() {
            client().free(3, 0x1000);
            client().allocate(3, DRAM, 0x1000, 4 * KIB);
        }
    }

    @Test
    void a_test_that_leaves_memory_fails_and_a_clean_one_passes() {
        FixtureRun run = SERVER.run(Leaking.class);

        assertThat(run.failed()).containsExactly("leaks()", "leaks_again_at_the_same_address()");
        DeviceMemoryLeakError leak = run.of("leaks()").leak();
        assertThat(leak.getMessage()).startsWith("TestVerdictTests.Leaking.leaks() left 8 KiB of DRAM on device 3\n\n");
        assertThat(leak.report().buffers()).extracting(DeviceBuffer::address).containsExactly(0x1000L, 0x2000L);
        assertThat(leak.getExpected().getValue()).isEqualTo("device 3 DRAM: 0 B");
        assertThat(leak.getActual().getValue()).isEqualTo("device 3 DRAM: 8 KiB");
        assertThat(leak.getStackTrace()).isEmpty();
    }

    @Test
    void what_is_freed_in_the_same_test_does_not_hide_a_leak() {
        DeviceMemoryLeakError leak = SERVER.run(Leaking.class)
                .of("leaks_again_at_the_same_address()")
                .leak();

        assertThat(leak.report().findings())
                .filteredOn(finding -> finding.device() == 3 && finding.kind() == DRAM)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.after()).isEqualTo(finding.before());
                    assertThat(finding.left()).isEqualTo(4 * KIB);
                });
    }

    @Test
    void the_dump_of_a_leaking_test_is_kept_and_named_in_the_message() {
        DeviceMemoryLeakError leak = SERVER.run(Leaking.class).of("leaks()").leak();

        Path dump =
                SERVER.directory().resolve("report/io.github.ttmemorycheck.TestVerdictTests.Leaking.leaks.dump.txt");
        assertThat(leak.getMessage()).contains(dump.toString());
        assertThat(dump).content().contains("0x00001000", "0x00002000");
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "4KiB")
    @MemoryBaseline(device = 1, dram = "8KiB")
    static class Allowed {

        @Test
        void by_the_class_for_each_device() {
            client().allocate(0, DRAM, 0x10, 4 * KIB);
        }

        @Test
        void by_the_class_for_a_named_device() {
            client().allocate(1, DRAM, 0x20, 8 * KIB);
        }

        @Test
        void not_for_another_kind() {
            client().allocate(0, L1, 0x30, 4 * KIB);
        }

        @Test
        @MemoryBaseline(dram = "1KiB")
        void not_when_the_method_states_less() {
            client().allocate(1, DRAM, 0x40, 8 * KIB);
        }

        @Test
        @MemoryBaseline(circularBuffers = "2KiB", l1 = "16KiB")
        void by_the_method() {
            client().allocate(0, L1, 0x50, 16 * KIB);
            client().allocate(0, CIRCULAR_BUFFER, 0x60, 2 * KIB);
        }

        @Test
        void by_the_configuration() {
            client().allocate(5, L1, 0x70, 3 * KIB);
        }
    }

    @Test
    void the_most_specific_baseline_decides() {
        FixtureRun run = SERVER.run(
                Allowed.class,
                "tt.memory.check.baseline.5.l1",
                "3KiB",
                "tt.memory.check.baseline.*.l1",
                "1KiB",
                "tt.memory.check.baseline.*.dram",
                "1GiB");

        assertThat(run.failed())
                .containsExactlyInAnyOrder("not_for_another_kind()", "not_when_the_method_states_less()");
        assertThat(run.of("not_when_the_method_states_less()").leak().report().findings())
                .filteredOn(finding -> finding.verdict() == Verdict.LEAKED)
                .singleElement()
                .satisfies(finding -> assertThat(finding.allowed()).isEqualTo(KIB));
    }

    @TtMemoryCheck(devices = {0, 1})
    static class SomeDevices {

        @Test
        void leaks_on_another_device() {
            client().allocate(2, DRAM, 0x10_0000, KIB);
        }

        @Test
        void leaks_on_one_of_them() {
            client().allocate(1, DRAM, 0x10_0000, KIB);
        }
    }

    @Test
    void only_the_named_devices_are_judged() {
        assertThat(SERVER.run(SomeDevices.class).failed()).containsExactly("leaks_on_one_of_them()");
    }

    @TtMemoryCheck
    static class Unsuccessful {

        @Test
        void fails_and_leaks() {
            client().allocate(0, DRAM, 0x20_0000, KIB);
            throw new IllegalStateException("the test's own failure");
        }

        @Test
        void fails_without_a_leak() {
            throw new IllegalStateException("the test's own failure");
        }

        @Test
        void is_aborted_and_leaks() {
            client().allocate(0, DRAM, 0x20_1000, KIB);
            Assumptions.abort("not here");
        }

        @Test
        @Disabled("never runs")
        void is_disabled() {
            client().allocate(0, DRAM, 0x20_2000, KIB);
        }

        @Test
        void passes_after_them() {}
    }

    @Test
    void a_failed_test_keeps_its_own_failure_and_gets_the_residue_as_a_suppressed_note() {
        FixtureRun run = SERVER.run(Unsuccessful.class);

        assertThat(run.of("fails_and_leaks()").throwable().orElseThrow())
                .isInstanceOf(IllegalStateException.class)
                .satisfies(failure ->
                        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(DeviceMemoryLeakError.class));
        assertThat(run.of("fails_without_a_leak()").throwable().orElseThrow().getSuppressed())
                .hasOnlyElementsOfType(HeldMemory.class);
    }

    @Test
    void an_aborted_or_disabled_test_throws_nothing_and_is_charged_to_nobody_else() {
        FixtureRun run = SERVER.run(Unsuccessful.class);

        assertThat(run.of("is_aborted_and_leaks()").throwable().orElseThrow())
                .isInstanceOf(TestAbortedException.class)
                .hasNoSuppressedExceptions();
        assertThat(run.failed()).containsExactlyInAnyOrder("fails_and_leaks()", "fails_without_a_leak()");
    }

    @TtMemoryCheck
    static class Lifecycle {

        @BeforeEach
        void allocate() {
            client().allocate(0, DRAM, 0x30_0000, KIB);
        }

        @Test
        void leaves_what_before_each_allocated(org.junit.jupiter.api.TestInfo info) {}

        @Test
        void after_each_frees_it() {
            freed = true;
        }

        private boolean freed;

        @AfterEach
        void free() {
            if (freed) {
                client().free(0, 0x30_0000);
                client().free(0, 0x30_0000);
            }
        }
    }

    @Test
    void before_each_and_after_each_belong_to_the_test() {
        assertThat(SERVER.run(Lifecycle.class).failed()).containsExactly("leaves_what_before_each_allocated(TestInfo)");
    }

    static class OnlyOneMethod {

        @Test
        @TtMemoryCheck
        void checked() {
            client().allocate(0, DRAM, 0x40_0000, KIB);
        }

        @Test
        void unchecked() {
            client().allocate(0, DRAM, 0x40_1000, KIB);
        }
    }

    @Test
    void the_annotation_on_a_method_checks_that_method_alone() {
        assertThat(SERVER.run(OnlyOneMethod.class).failed()).containsExactly("checked()");
    }

    @Test
    void mode_warn_logs_and_mode_off_checks_nothing() {
        assertThat(SERVER.run(Leaking.class, TtMemoryCheckSettings.MODE, "warn").failed())
                .isEmpty();
        assertThat(SERVER.run(Leaking.class, TtMemoryCheckSettings.MODE, "off").failed())
                .isEmpty();
    }

    private static AllocationClient client() {
        return PrivateServer.client();
    }
}
