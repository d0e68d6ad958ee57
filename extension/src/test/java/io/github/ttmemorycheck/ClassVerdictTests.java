package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a class as a whole is told about what it left. */
@Timeout(60)
class ClassVerdictTests {

    private static final long KIB = 1024;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TtMemoryCheck
    static class LeaksInBeforeAll {

        @BeforeAll
        static void allocate() {
            client().allocate(0, DRAM, 0x1000, 4 * KIB);
        }

        @Test
        void clean() {}
    }

    @Test
    void what_before_all_leaves_fails_the_class_and_none_of_its_tests() {
        FixtureRun run = SERVER.run(LeaksInBeforeAll.class);

        assertThat(run.failed()).containsExactly("ClassVerdictTests$LeaksInBeforeAll");
        assertThat(run.of("ClassVerdictTests$LeaksInBeforeAll").leak().getMessage())
                .startsWith("ClassVerdictTests.LeaksInBeforeAll as a whole left 4 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "36KiB")
    static class SpendsItsAllowanceTwice {

        @Test
        void first() {
            client().allocate(0, DRAM, 0x10_0000, 36 * KIB);
        }

        @Test
        void second() {
            client().allocate(0, DRAM, 0x20_0000, 36 * KIB);
        }
    }

    @Test
    void an_allowance_of_a_class_is_spent_once() {
        FixtureRun run = SERVER.run(SpendsItsAllowanceTwice.class);

        assertThat(run.failed()).containsExactly("ClassVerdictTests$SpendsItsAllowanceTwice");
        DeviceMemoryLeakError leak =
                run.of("ClassVerdictTests$SpendsItsAllowanceTwice").leak();
        assertThat(leak.getMessage())
                .startsWith("ClassVerdictTests.SpendsItsAllowanceTwice as a whole left 72 KiB of DRAM on device 0")
                .contains("36 KiB of it were left by ClassVerdictTests.SpendsItsAllowanceTwice.first()")
                .contains("36 KiB of it were left by ClassVerdictTests.SpendsItsAllowanceTwice.second()");
    }

    @TtMemoryCheck(devices = 0)
    @MemoryBaseline(l1 = "36KiB")
    static class LeavesWhatIsAllowedToo {

        @BeforeAll
        static void allocate() {
            client().allocate(0, DRAM, 0x30_0000, KIB);
        }

        @Test
        void leaves_what_is_allowed() {
            client().allocate(0, L1, 0x40_0000, KIB);
            client().allocate(1, DRAM, 0x50_0000, KIB);
        }
    }

    @Test
    void a_test_is_not_named_for_memory_that_the_class_is_not_charged_with() {
        assertThat(SERVER.run(LeavesWhatIsAllowedToo.class)
                        .of("ClassVerdictTests$LeavesWhatIsAllowedToo")
                        .leak()
                        .getMessage())
                .contains("left 1 KiB of DRAM on device 0")
                .doesNotContain("of it were left by");
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "36KiB")
    static class ChargedOnce {

        @Test
        void leaks_more_than_is_allowed() {
            client().allocate(0, DRAM, 0x30_0000, 48 * KIB);
        }

        @Test
        @MemoryBaseline(dram = "100KiB")
        void is_allowed_more() {
            client().allocate(0, DRAM, 0x40_0000, 100 * KIB);
        }

        @Test
        void uses_the_allowance() {
            client().allocate(0, DRAM, 0x50_0000, 36 * KIB);
        }
    }

    @Test
    void what_was_charged_to_a_test_or_let_pass_by_its_own_baseline_is_not_charged_to_the_class() {
        assertThat(SERVER.run(ChargedOnce.class).failed()).containsExactly("leaks_more_than_is_allowed()");
    }

    @TtMemoryCheck
    static class ReleasedAfterAll {

        @AutoClose
        static final AutoCloseable DEVICE = () -> client().free(0, 0x60_0000);

        @BeforeAll
        static void open() {
            client().allocate(0, DRAM, 0x60_0000, KIB);
            client().allocate(0, DRAM, 0x61_0000, KIB);
        }

        @Test
        void clean() {}

        @AfterAll
        static void close() {
            client().free(0, 0x61_0000);
        }
    }

    @Test
    void after_all_and_static_auto_close_fields_belong_to_the_class() {
        assertThat(SERVER.run(ReleasedAfterAll.class).failed()).isEmpty();
    }

    static class DeviceOpener implements BeforeAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            client().allocate(0, DRAM, 0x70_0000, KIB);
            AutoCloseable release = () -> client().free(0, 0x70_0000);
            context.getStore(ExtensionContext.Namespace.GLOBAL).put("device", release);
        }
    }

    @ExtendWith(DeviceOpener.class)
    @TtMemoryCheck
    static class DeviceOfAnotherExtension {

        @Test
        void clean() {}
    }

    @Test
    void what_an_extension_registered_earlier_keeps_in_the_store_is_closed_before_the_verdict() {
        assertThat(SERVER.run(DeviceOfAnotherExtension.class).failed()).isEmpty();
    }

    @TtMemoryCheck
    @MemoryBaseline(l1 = "12KiB")
    static class Outer {

        @Nested
        class Inner {

            @Test
            void leaks() {
                client().allocate(0, DRAM, 0x80_0000, KIB);
            }

            @Test
            void inherits_the_allowance() {
                client().allocate(0, L1, 0x81_0000, 12 * KIB);
            }
        }

        @Nested
        @MemoryBaseline(dram = "4KiB")
        class WithItsOwnAllowance {

            @Test
            void uses_it() {
                client().allocate(0, DRAM, 0x90_0000, 4 * KIB);
            }
        }
    }

    @Test
    void a_nested_class_inherits_check_and_baseline_and_may_state_its_own() {
        assertThat(SERVER.run(Outer.class).failed()).containsExactly("leaks()");
    }

    @TtMemoryCheck
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {

        @AutoClose
        final AutoCloseable device = () -> client().free(0, 0xA0_0000);

        @BeforeAll
        void open() {
            client().allocate(0, DRAM, 0xA0_0000, KIB);
        }

        @Test
        void clean() {}

        @Test
        void leaks() {
            client().allocate(0, DRAM, 0xA1_0000, KIB);
        }
    }

    @Test
    void an_instance_that_lives_as_long_as_its_class_is_judged_with_the_class() {
        assertThat(SERVER.run(OneInstance.class).failed()).containsExactly("leaks()");
    }

    private static AllocationClient client() {
        return PrivateServer.client();
    }
}
