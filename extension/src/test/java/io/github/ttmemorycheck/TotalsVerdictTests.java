package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.attach.ThirdPartyFake;
import io.github.ttmemorycheck.internal.wire.Generation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts of a tracker that knows totals only: a third-party server in a process of its own. */
@Timeout(60)
class TotalsVerdictTests {

    private static final long KIB = 1024;

    private static @Nullable ThirdPartyFake started;

    private static ThirdPartyFake fake() {
        return Objects.requireNonNull(started);
    }

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws IOException {
        started = ThirdPartyFake.start(directory, Generation.G2);
    }

    @AfterEach
    void stop() throws IOException {
        fake().close();
    }

    private FixtureRun run(Class<?> fixture, String... settings) {
        return FixtureRun.of(List.of(fixture), directory, fake().socket(), settings);
    }

    private static void allocate(int device, long address, long bytes) {
        try {
            fake().allocate(device, DRAM, address, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void free(int device, long address) {
        try {
            fake().free(device, DRAM, address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TtMemoryCheck
    static class Leaking {
        @Test
        void clean() {
            allocate(0, 0x10, KIB);
            free(0, 0x10);
        }

        @Test
        void leaks() {
            allocate(3, 0x20, 8 * KIB);
        }
    }

    @Test
    void a_leak_is_charged_to_its_test_and_not_again_to_the_class() {
        FixtureRun run = run(Leaking.class);

        assertThat(run.failed()).containsExactly("leaks()");
        assertThat(run.of("leaks()").leak().getMessage())
                .startsWith("TotalsVerdictTests.Leaking.leaks() left 8 KiB of DRAM on device 3\n")
                .contains("buffers: not known, since the tracker knows totals only")
                .containsPattern("third-party allocation server tracker,\\s+" + fake().socket())
                .containsPattern("\\(auto:\\s+a\\s+server\\s+listens\\s+there\\)");
    }

    @TtMemoryCheck
    static class LeakingBefore {
        @BeforeAll
        static void allocate_and_forget() {
            allocate(3, 0x30, 4 * KIB);
        }

        @Test
        void leaks() {
            allocate(3, 0x40, 8 * KIB);
        }
    }

    @Test
    void what_no_test_left_is_charged_to_the_class_without_what_a_test_was_charged() {
        FixtureRun run = run(LeakingBefore.class);

        assertThat(run.failed()).containsExactly("leaks()", "TotalsVerdictTests$LeakingBefore");
        assertThat(run.of("TotalsVerdictTests$LeakingBefore").leak().getMessage())
                .startsWith("TotalsVerdictTests.LeakingBefore as a whole left 4 KiB of DRAM on device 3");
    }

    @TtMemoryCheck
    static class Closed {

        static final TellingDevice DEVICE = silent();

        private static TellingDevice silent() {
            TellingDevice device = new TellingDevice();
            device.tells = false;
            return device;
        }

        @BeforeAll
        static void open() {
            allocate(0, 0x30, 8 * KIB);
        }

        @Test
        void uses_it() {}

        @AfterAll
        static void close() {
            DEVICE.close();
        }
    }

    @Test
    void where_nobody_tells_whose_totals_are_what_a_closed_device_may_have_held_counts_and_is_said_to() {
        FixtureRun run = run(Closed.class);

        assertThat(run.charges())
                .containsExactly("TotalsVerdictTests.Closed as a whole left 8 KiB of DRAM on device 0");
        assertThat(run.of("TotalsVerdictTests$Closed").leak().report().notes())
                .contains(
                        "TellingDevice is closed, but nobody tells which process holds what is left there, 8 KiB of DRAM on"
                                + " device 0, so it counts");
    }

    @TtMemoryCheck
    static class FreedLate {
        @BeforeAll
        static void allocate_and_forget() {
            allocate(3, 0x30, 8 * KIB);
        }

        @Test
        void a_leaks() {
            allocate(3, 0x40, 8 * KIB);
        }

        @Test
        void b_frees_it() {
            free(3, 0x40);
        }
    }

    @Test
    void what_is_freed_late_hides_nothing_that_the_class_left() {
        assertThat(run(FreedLate.class).failed()).containsExactly("a_leaks()", "TotalsVerdictTests$FreedLate");
    }

    @TtMemoryCheck
    static class Allowed {
        @Test
        @MemoryBaseline(dram = "8KiB")
        void by_its_method() {
            allocate(3, 0x50, 8 * KIB);
        }
    }

    @Test
    void what_a_method_lets_pass_is_not_charged_to_the_class() {
        assertThat(run(Allowed.class).failed()).isEmpty();
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "1MiB")
    static class Growing {
        private static long next = 0x100;

        @RepeatedTest(4)
        void grows() {
            allocate(0, next++, 36 * KIB);
        }
    }

    @Test
    void growth_is_seen_in_totals() {
        FixtureRun run = run(Growing.class);

        assertThat(run.failed()).containsExactly("grows()");
        assertThat(run.of("grows()").leak().getMessage()).contains("+36").contains("grew");
    }

    @TtMemoryCheck
    static class Garbage {
        private static final Cleaner CLEANER = Cleaner.create();
        private static Object kept = new Object();

        @Test
        void a_frees_one_and_leaves_another_that_a_collection_frees() {
            allocate(0, 0x60, 4 * KIB);
            kept = new Object();
            CLEANER.register(kept, () -> free(0, 0x60));
            kept = "";
        }
    }

    @Test
    void a_collection_is_forced_although_totals_look_clean() {
        FixtureRun clean = run(Leaking.class, TtMemoryCheckSettings.GC, "auto");
        assertThat(clean.of("leaks()").leak().getMessage()).contains("GC forced");

        assertThat(run(Garbage.class).failed()).isEmpty();
        assertThat(run(Garbage.class, TtMemoryCheckSettings.GC, "never").failed())
                .isNotEmpty();
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL)
    static class GarbageOfAPutOffTest {
        private static final Cleaner CLEANER = Cleaner.create();
        private static long programs;
        private static CountDownLatch freed = new CountDownLatch(1);

        static final TtDevice MESH = new TtDevice() {
            @Override
            public void enableProgramCache() {}

            @Override
            public void clearProgramCache() {
                for (; programs > 0; programs--) {
                    free(0, 0x100 + programs);
                }
            }

            @Override
            public void disableAndClearProgramCache() {}

            @Override
            public long numProgramCacheEntries() {
                return programs;
            }
        };

        @Test
        void a_compiles_and_leaves_garbage() {
            programs++;
            allocate(0, 0x100 + programs, 36 * KIB);
            allocate(0, 0x60, 4 * KIB);
            CLEANER.register(new Object(), () -> {
                free(0, 0x60);
                freed.countDown();
            });
        }

        @Test
        void b_leaks_as_much_while_the_garbage_is_freed() throws InterruptedException {
            System.gc();
            assertThat(freed.await(10, TimeUnit.SECONDS)).isTrue();
            allocate(0, 0x70, 4 * KIB);
        }
    }

    @Test
    void garbage_of_a_test_that_is_put_off_hides_nothing_that_a_later_one_leaks() {
        GarbageOfAPutOffTest.freed = new CountDownLatch(1);

        assertThat(run(GarbageOfAPutOffTest.class).failed())
                .containsExactly("b_leaks_as_much_while_the_garbage_is_freed()");
    }

    @TtMemoryCheck
    static class Orphaned {
        @Test
        void loses_its_server() throws InterruptedException {
            fake().server().kill();
        }
    }

    @Test
    void a_server_that_dies_during_a_test_makes_it_fail_with_the_facts() {
        String message = String.valueOf(run(Orphaned.class)
                .of("loses_its_server()")
                .throwable()
                .orElseThrow()
                .getMessage());

        assertThat(message.lines())
                .startsWith(
                        "TotalsVerdictTests.Orphaned.loses_its_server() could not be checked: the allocation server has gone",
                        "")
                .anySatisfy(line -> assertThat(line).startsWith("  asked:  totals of 8 devices, "))
                .anySatisfy(line -> assertThat(line).startsWith("  found:  last answer: "))
                .anySatisfy(line -> assertThat(line).startsWith("  to fix: start the server again"));
        assertThat(run(Orphaned.class, TtMemoryCheckSettings.TRACKER, "server").failed())
                .isNotEmpty();
    }
}
