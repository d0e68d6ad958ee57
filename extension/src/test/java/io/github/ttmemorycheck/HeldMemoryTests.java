package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.jupiter.HeldMemory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test is told that failed while earlier tests hold memory, and where a leak was allocated. */
@Timeout(60)
class HeldMemoryTests {

    private static final long KIB = 1024;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TtMemoryCheck
    @MemoryBaseline(l1 = "12KiB")
    static class OutOfMemory {

        @Test
        void a_leaks() {
            client().allocate(1, DRAM, 0x1000, 3 * KIB * KIB);
        }

        @Test
        void b_is_within_its_baseline() {
            client().allocate(0, L1, 0x2000, 12 * KIB);
            client().allocate(1, DRAM, 0x3000, KIB);
            client().free(1, 0x3000);
        }

        @Test
        void c_fails() {
            throw new IllegalStateException("out of memory");
        }

        @Test
        void d_frees_late() {
            client().free(1, 0x1000);
            client().free(0, 0x2000);
        }

        @Test
        void e_fails_when_nothing_is_held() {
            throw new IllegalStateException("for another reason");
        }
    }

    @Test
    void a_test_that_fails_is_told_who_holds_memory() {
        FixtureRun run = SERVER.run(OutOfMemory.class);

        assertThat(run.failed()).containsExactly("a_leaks()", "c_fails()", "e_fails_when_nothing_is_held()");
        assertThat(run.of("c_fails()").throwable().orElseThrow().getSuppressed())
                .singleElement()
                .satisfies(note -> assertThat(note).hasMessage("""
                                earlier tests held device memory while this one failed

                                  HeldMemoryTests.OutOfMemory.a_leaks() holds 3 MiB of DRAM on device 1
                                  HeldMemoryTests.OutOfMemory.b_is_within_its_baseline() holds 12 KiB of L1 on device 0"""));
        assertThat(run.of("e_fails_when_nothing_is_held()").throwable().orElseThrow())
                .hasNoSuppressedExceptions();
    }

    @TtMemoryCheck
    @KnownLeak(reason = "each case keeps its weights")
    static class OutOfMemoryByItself {

        static final FixtureDevice DEVICE = new FixtureDevice();

        @BeforeAll
        static void open() {
            client().allocate(0, DRAM, 0x100_0000, 2 * KIB * KIB);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4})
        void each(int number) {
            client().allocate(0, DRAM, 0x1000L * number, KIB * number);
            if (number == 4) {
                DEVICE.run(16);
                DEVICE.run(48);
                throw new IllegalStateException("out of memory");
            }
        }

        @AfterAll
        static void close() {
            client().free(0, 0x100_0000);
        }
    }

    @Test
    void it_is_told_what_earlier_invocations_the_fixture_and_the_cache_hold_but_not_what_it_holds_itself() {
        FixtureRun run = SERVER.run(OutOfMemoryByItself.class);

        assertThat(run.failed()).singleElement().asString().startsWith("[4]");
        assertThat(run.of(run.failed().get(0)).throwable().orElseThrow().getSuppressed())
                .filteredOn(HeldMemory.class::isInstance)
                .singleElement()
                .satisfies(note ->
                        assertThat(note).hasMessage("""
                                earlier tests held device memory while this one failed

                                  pid %d (this JVM) holds 2 MiB of DRAM on device 0, left by no checked test
                                  HeldMemoryTests.OutOfMemoryByItself.each(int) in 3 earlier invocations holds 6 KiB of DRAM on
                                      device 0
                                  the program cache held 2 programs: 64 KiB of DRAM on device 0""", ProcessHandle.current().pid()));
    }

    @TtMemoryCheck
    static class OnlyAFixture {

        @BeforeAll
        static void open() {
            client().allocate(0, L1, 0x100_0000, KIB);
        }

        @Test
        void fails() {
            client().allocate(0, L1, 0x1000, KIB);
            client().free(0, 0x1000);
            throw new IllegalStateException("out of memory");
        }

        @AfterAll
        static void close() {
            client().free(0, 0x100_0000);
        }
    }

    @Test
    void where_no_test_holds_anything_it_does_not_say_so() {
        assertThat(SERVER.run(OnlyAFixture.class)
                        .of("fails()")
                        .throwable()
                        .orElseThrow()
                        .getSuppressed())
                .singleElement()
                .satisfies(note ->
                        assertThat(note).hasMessage("""
                                device memory was held while this test failed

                                  pid %d (this JVM) holds 1 KiB of L1 on device 0, left by no checked test""", ProcessHandle.current().pid()));
    }

    @TtMemoryCheck
    static class Leaking {

        @Test
        void leaks() {
            client().allocate(0, DRAM, 0x4000, KIB);
        }
    }

    @Test
    void the_message_says_where_java_code_allocated_or_how_to_find_out() {
        assertThat(SERVER.run(Leaking.class, TtMemoryCheckSettings.SITES, "off")
                        .of("leaks()")
                        .leak()
                        .getMessage())
                .contains("note: where it was allocated is not recorded; tt.memory.check.sites=on records it for Java");
        assertThat(SERVER.run(Leaking.class).of("leaks()").leak().getMessage())
                .containsPattern(
                        "note: 1 KiB in 1 buffer allocated at\\s+HeldMemoryTests\\$Leaking.leaks\\(HeldMemoryTests.java:\\d+\\)");
    }

    private static AllocationClient client() {
        return PrivateServer.client();
    }
}
