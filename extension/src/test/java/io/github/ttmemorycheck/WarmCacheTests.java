package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.PrivateServer.client;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Program caches that stay warm until the tests of a class are through, and caches that tests name. */
@Timeout(60)
class WarmCacheTests {

    private static final long KIB = 1024;
    private static final List<String> STEPS = new ArrayList<>();

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static FixtureDevice mesh = new FixtureDevice();

    @BeforeEach
    void open() {
        STEPS.clear();
    }

    private static FixtureDevice opened() {
        mesh = new FixtureDevice() {
            @Override
            public void clearProgramCache() {
                STEPS.add("clear " + numProgramCacheEntries());
                super.clearProgramCache();
            }
        };
        return mesh;
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
    static class CompilesOnce {

        static final FixtureDevice MESH = opened();

        @BeforeAll
        static void begin() {
            STEPS.add("@BeforeAll");
        }

        @Test
        void a_compiles() {
            MESH.run(36);
        }

        @RepeatedTest(3)
        void b_finds_its_program() {
            STEPS.add("programs " + MESH.numProgramCacheEntries());
        }

        @AfterAll
        static void close() {
            STEPS.add("@AfterAll");
            MESH.close();
        }
    }

    @Test
    void caches_are_cleared_once_before_the_device_is_closed() {
        FixtureRun run = SERVER.run(CompilesOnce.class);

        assertThat(run.failed()).isEmpty();
        assertThat(STEPS).startsWith("@BeforeAll", "programs 1", "programs 1", "programs 1", "clear 1", "@AfterAll");
    }

    static class ChecksOneMethod {

        static final FixtureDevice MESH = opened();

        @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
        @Test
        void compiles_and_forgets_a_tensor() {
            MESH.run(36);
            client().allocate(0, DRAM, 0x7000_0000, KIB);
        }
    }

    @Test
    void a_test_whose_class_is_not_checked_is_judged_at_once() {
        FixtureRun run = SERVER.run(ChecksOneMethod.class);

        assertThat(run.failed()).containsExactly("compiles_and_forgets_a_tensor()");
        assertThat(run.of("compiles_and_forgets_a_tensor()").words()).contains("left 1 KiB of DRAM on device 0");
        assertThat(STEPS).containsExactly("clear 1");

        assertThat(SERVER.run(ChecksOneMethod.class, TtMemoryCheckSettings.CACHE, "class")
                        .failed())
                .containsExactly("compiles_and_forgets_a_tensor()");
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
    static class LetsPass {

        static final FixtureDevice MESH = opened();

        @KnownLeak(reason = "known")
        @Test
        void a_compiles_and_leaves_what_is_waived() {
            MESH.run(36);
            client().allocate(0, DRAM, 0x7000_0000, KIB);
        }

        @MemoryBaseline(device = 0, dram = "2KiB")
        @Test
        void b_compiles_and_leaves_what_is_allowed() {
            MESH.run(12);
            client().allocate(0, DRAM, 0x7100_0000, 2 * KIB);
        }

        @AfterAll
        static void close() {
            MESH.close();
        }
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
    static class LeavesMoreThanIsWaived {

        static final FixtureDevice MESH = opened();

        @KnownLeak(reason = "known", max = "1KiB")
        @Test
        void compiles_and_leaves_more_than_is_waived() {
            MESH.run(36);
            client().allocate(0, DRAM, 0x7000_0000, 2 * KIB);
        }

        @AfterAll
        static void close() {
            MESH.close();
        }
    }

    @Test
    void what_a_method_lets_pass_is_not_charged_to_the_class_that_settles_it() {
        assertThat(SERVER.run(LetsPass.class).failed()).isEmpty();
        assertThat(SERVER.run(LeavesMoreThanIsWaived.class).failed())
                .containsExactly("WarmCacheTests$LeavesMoreThanIsWaived");
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
    static class FillsACacheOfTheClass {

        static final FixtureDevice MESH = opened();

        @BeforeAll
        static void name(DeviceMemory memory) {
            memory.addCache("rope tables", () -> {
                STEPS.add("clear rope tables");
                client().free(0, 0x7200_0000);
            });
        }

        @Test
        void a_fills_it_and_compiles_nothing() {
            client().allocate(0, DRAM, 0x7200_0000, 4 * KIB);
        }

        @Test
        void b_names_one_of_its_own(DeviceMemory memory) {
            client().allocate(0, DRAM, 0x7300_0000, 4 * KIB);
            memory.addCache("masks", () -> {
                STEPS.add("clear masks");
                client().free(0, 0x7300_0000);
            });
        }

        @AfterAll
        static void close() {
            STEPS.add("@AfterAll");
            MESH.close();
        }
    }

    @Test
    void named_caches_of_a_class_stay_warm_too() {
        assertThat(SERVER.run(FillsACacheOfTheClass.class).failed()).isEmpty();
        assertThat(STEPS).startsWith("clear masks", "clear 0", "clear rope tables", "@AfterAll");
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
    static class Leaks {

        static final FixtureDevice MESH = opened();

        @Test
        void a_compiles_and_forgets_a_tensor() {
            MESH.run(36);
            client().allocate(0, DRAM, 0x7000_0000, KIB);
        }

        @Test
        void b_forgets_a_tensor_and_compiles_nothing() {
            client().allocate(0, DRAM, 0x7100_0000, 2 * KIB);
        }

        @Test
        void c_compiles() {
            MESH.run(12);
        }

        @AfterAll
        static void close() {
            MESH.close();
        }
    }

    @Test
    void what_stays_once_they_are_cleared_is_a_leak_of_the_class_that_names_the_test() {
        FixtureRun run = SERVER.run(Leaks.class);

        assertThat(run.failed()).containsExactly("b_forgets_a_tensor_and_compiles_nothing()", "WarmCacheTests$Leaks");
        assertThat(run.of("b_forgets_a_tensor_and_compiles_nothing()").words())
                .contains("left 2 KiB of DRAM on device 0")
                .contains("program cache: kept warm until the tests of the class are through, and holds 1 program");
        assertThat(run.of("WarmCacheTests$Leaks").words())
                .startsWith("WarmCacheTests.Leaks as a whole left 1 KiB of DRAM on device 0")
                .contains("1 KiB of it were left by WarmCacheTests.Leaks.a_compiles_and_forgets_a_tensor()")
                .contains("program cache: held 2 programs; clearing it gave back 48 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    static class BySetting {

        static final FixtureDevice MESH = opened();

        @Test
        void compiles() {
            MESH.run(36);
            STEPS.add("test");
        }
    }

    @Test
    void the_setting_keeps_them_warm_where_no_annotation_does() {
        assertThat(SERVER.run(BySetting.class, TtMemoryCheckSettings.CACHE, "class")
                        .failed())
                .isEmpty();

        assertThat(STEPS).containsExactly("test", "clear 1");
    }

    static class InCode {

        @RegisterExtension
        static final TtMemoryCheckExtension MEMORY = TtMemoryCheckExtension.builder()
                .clearProgramCache(ProgramCacheClearing.AFTER_EACH)
                .build();

        static final FixtureDevice MESH = opened();

        @Test
        void a_compiles() {
            MESH.run(36);
            STEPS.add("test");
        }

        @Test
        void b_compiles() {
            MESH.run(36);
            STEPS.add("test");
        }
    }

    @Test
    void what_code_says_holds_against_the_setting() {
        assertThat(SERVER.run(InCode.class, TtMemoryCheckSettings.CACHE, "class")
                        .failed())
                .isEmpty();

        assertThat(STEPS).containsExactly("test", "clear 1", "test", "clear 1");
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
    static class DoesNotCount {

        static final FixtureDevice MESH = new FixtureDevice() {
            @Override
            public long numProgramCacheEntries() {
                throw new UnsupportedOperationException("not in this binding");
            }
        };

        @Test
        void a_compiles_and_forgets_a_tensor() {
            MESH.run(36);
            client().allocate(0, DRAM, 0x7200_0000, KIB);
        }
    }

    @Test
    void where_a_device_does_not_tell_how_many_programs_there_are_what_is_left_may_be_theirs() {
        FixtureRun run = SERVER.run(DoesNotCount.class);

        assertThat(run.failed()).containsExactly("WarmCacheTests$DoesNotCount");
        assertThat(run.of("WarmCacheTests$DoesNotCount").words())
                .startsWith("WarmCacheTests.DoesNotCount as a whole left 1 KiB of DRAM on device 0")
                .contains("1 KiB of it were left by WarmCacheTests.DoesNotCount.a_compiles_and_forgets_a_tensor()");
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class Enclosing {

        final FixtureDevice mesh = opened();

        @Test
        void compiles() {
            mesh.run(36);
        }

        @Nested
        @TestInstance(TestInstance.Lifecycle.PER_CLASS)
        class Inner {

            @Test
            void compiles_too() {
                mesh.run(12);
            }

            @AfterAll
            void end() {
                STEPS.add("@AfterAll of the inner class");
            }
        }

        @AfterAll
        void close() {
            STEPS.add("@AfterAll");
            mesh.close();
        }
    }

    @Test
    void nested_classes_leave_them_to_the_outermost() {
        FixtureRun run = SERVER.run(Enclosing.class);

        assertThat(run.failed()).isEmpty();
        assertThat(STEPS).startsWith("@AfterAll of the inner class", "clear 2", "@AfterAll");
    }

    @TtMemoryCheck
    static class OtherCaches {

        @BeforeAll
        static void name(DeviceMemory memory) {
            memory.addCache("rope tables", () -> client().free(0, 0x7000_0000));
        }

        @Test
        void a_fills_it() {
            client().allocate(0, DRAM, 0x7000_0000, 4 * KIB);
        }

        @Test
        void b_fills_it_and_leaks() {
            client().allocate(0, DRAM, 0x7000_0000, 4 * KIB);
            client().allocate(0, DRAM, 0x7100_0000, KIB);
        }

        @Test
        void c_names_one_that_fails(DeviceMemory memory) {
            memory.addCache("masks", () -> {
                throw new IllegalStateException("the device is busy");
            });
            client().allocate(0, DRAM, 0x7200_0000, KIB);
        }
    }

    @Test
    void a_cache_that_tests_name_is_cleared_and_told_apart() {
        FixtureRun run = SERVER.run(OtherCaches.class);

        assertThat(run.failed()).containsExactly("b_fills_it_and_leaks()", "c_names_one_that_fails(DeviceMemory)");
        assertThat(run.of("b_fills_it_and_leaks()").words())
                .contains("left 1 KiB of DRAM on device 0")
                .contains("cache 'rope tables': clearing it gave back 4 KiB of DRAM on device 0");
        assertThat(run.of("c_names_one_that_fails(DeviceMemory)").words())
                .contains(
                        "cache 'masks': not cleared: clearing it failed: java.lang.IllegalStateException: the device is"
                                + " busy");
    }

    @TtMemoryCheck
    static class KeepsMuch {

        static final FixtureDevice MESH = opened();

        @Test
        void compiles_a_large_program_and_leaks() {
            MESH.run(40 * 1024);
            client().allocate(0, DRAM, 0x7100_0000, KIB);
        }
    }

    @Test
    void a_cache_that_keeps_unusually_much_is_said() {
        assertThat(SERVER.run(KeepsMuch.class)
                        .of("compiles_a_large_program_and_leaks()")
                        .words())
                .contains(
                        "the program cache kept 40 MiB of DRAM on device 0, which is unusually much; it held 1 program");
    }

    @TtMemoryCheck
    static class KeepsMuchL1 {

        static final FixtureDevice MESH = opened();

        @Test
        void a_keeps_as_much_dram_and_leaks() {
            MESH.run(DRAM, 2 * 1024);
            client().allocate(0, DRAM, 0x7200_0000, KIB);
        }

        @Test
        void b_keeps_a_mebibyte_of_l1_and_leaks() {
            MESH.run(L1, 1024);
            client().allocate(0, DRAM, 0x7300_0000, KIB);
        }

        @Test
        void c_keeps_more_of_it_and_leaks() {
            MESH.run(DRAM, 2 * 1024);
            MESH.run(L1, 1536);
            client().allocate(0, DRAM, 0x7400_0000, KIB);
        }
    }

    /** There is far less L1 than DRAM. */
    @Test
    void of_l1_less_is_unusually_much() {
        FixtureRun run = SERVER.run(KeepsMuchL1.class);

        assertThat(run.of("a_keeps_as_much_dram_and_leaks()").words()).doesNotContain("unusually much");
        assertThat(run.of("b_keeps_a_mebibyte_of_l1_and_leaks()").words()).doesNotContain("unusually much");
        assertThat(run.of("c_keeps_more_of_it_and_leaks()").words())
                .contains("the program cache kept 1.50 MiB of L1 on device 0, which is unusually much; it held 2"
                        + " programs");
    }
}
