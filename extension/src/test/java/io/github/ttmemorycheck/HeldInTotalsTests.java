package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.jupiter.HeldMemory;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.sharedmemory.WrittenRegion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test is told that ran out of memory, where a runtime tells totals alone: who holds it, by difference. */
@Timeout(60)
class HeldInTotalsTests {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    private static @Nullable WrittenRegion region;

    @TempDir
    Path directory;

    private static void hold(long bytes) {
        try {
            Objects.requireNonNull(region).add(0, 0, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void write() throws IOException {
        region = WrittenRegion.create(Files.createDirectories(directory.resolve("shm")), "4711", 2)
                .attach(0, (int) ProcessHandle.current().pid(), "java");
    }

    /** Runs a fixture, and returns what the test is told that failed last. */
    private String note(Class<?>... fixtures) {
        FixtureRun run;
        try {
            run = FixtureRun.of(
                    List.of(fixtures),
                    directory,
                    directory.resolve("s"),
                    TtMemoryCheckSettings.SHM_DIRECTORY,
                    directory.resolve("shm").toString());
        } finally {
            EmbeddedTracker.running(directory.resolve("s")).ifPresent(EmbeddedTracker::close);
        }
        return run.results().stream()
                .flatMap(result -> result.throwable().stream())
                .flatMap(thrown -> List.of(thrown.getSuppressed()).stream())
                .filter(HeldMemory.class::isInstance)
                .map(note -> String.valueOf(note.getMessage()))
                .reduce("", (first, last) -> last);
    }

    @TtMemoryCheck(growthTolerance = "1MiB")
    @KnownLeak(reason = "each case keeps its weights")
    static class OutOfMemoryByItself {

        @BeforeAll
        static void open() {
            SharedDeviceMemory weights = SharedDeviceMemory.open("llama weights");
            try {
                hold(4 * MIB);
            } finally {
                weights.close();
            }
            hold(2 * MIB);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4})
        void each(int number) {
            hold(KIB * number);
            if (number == 4) {
                throw new IllegalStateException("out of memory");
            }
        }

        @AfterAll
        static void close() {
            hold(-2 * MIB);
        }
    }

    @Test
    void it_names_earlier_invocations_shared_memory_and_what_was_there_but_not_what_the_test_holds_itself() {
        assertThat(note(OutOfMemoryByItself.class)).isEqualTo("""
                        earlier tests held device memory while this one failed, by the differences of totals

                          shared memory 'llama weights' holds 4 MiB of DRAM on device 2
                          2 MiB of DRAM on device 2 were held before it, left by no checked test
                          HeldInTotalsTests.OutOfMemoryByItself.each(int) in 3 earlier invocations holds 6 KiB of DRAM on
                              device 2""");
    }

    @TtMemoryCheck
    static class FreedMeanwhile {

        @Test
        void a_leaks() {
            hold(3 * MIB);
        }

        @Test
        void b_frees_most_of_it() {
            hold(-2 * MIB);
        }

        @Test
        void c_fails() {
            hold(5 * MIB);
            throw new IllegalStateException("out of memory");
        }
    }

    @Test
    void what_was_freed_since_is_held_by_nobody() {
        assertThat(note(FreedMeanwhile.class)).isEqualTo("""
                        earlier tests held device memory while this one failed, by the differences of totals

                          HeldInTotalsTests.FreedMeanwhile.a_leaks() holds 1 MiB of DRAM on device 2""");
    }

    @TtMemoryCheck
    @KnownLeak(reason = "the device is closed after the class")
    static class ClosesItsDevice {

        @Test
        void leaves_memory() {
            hold(3 * MIB);
        }

        @AfterAll
        static void close() {
            hold(-3 * MIB);
        }
    }

    @TtMemoryCheck
    static class OpensAnother {

        @BeforeAll
        static void open() {
            hold(6 * MIB);
        }

        @Test
        void fails() {
            throw new IllegalStateException("out of memory");
        }
    }

    @Test
    void what_a_class_freed_at_its_end_is_not_held_by_its_tests() {
        assertThat(note(ClosesItsDevice.class, OpensAnother.class)).isEqualTo("""
                        device memory was held while this test failed, by the differences of totals

                          6 MiB of DRAM on device 2 were held before it, left by no checked test""");
    }

    @TtMemoryCheck
    static class Alone {

        @Test
        void fails() {
            hold(5 * MIB);
            throw new IllegalStateException("out of memory");
        }
    }

    @Test
    void where_nothing_was_held_before_nothing_is_said() {
        assertThat(note(Alone.class)).isEmpty();
    }
}
