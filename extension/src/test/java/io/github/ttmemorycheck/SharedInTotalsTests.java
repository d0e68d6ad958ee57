package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.PrivateServer.client;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.sharedmemory.WrittenRegion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory that outlives tests by design, where totals are known alone. */
@Timeout(60)
class SharedInTotalsTests {

    private static final long MIB = 1024 * 1024;

    private static @Nullable WrittenRegion region;

    private static void hold(long bytes) {
        try {
            Objects.requireNonNull(region).add(0, 0, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a fixture where totals are known alone, as with a runtime that knows no server. */
    private static FixtureRun runInTotals(Class<?> fixture, Path directory) throws IOException {
        Path regions = Files.createDirectories(directory.resolve("shm"));
        region = WrittenRegion.create(regions, "4711", 2)
                .attach(0, (int) ProcessHandle.current().pid(), "java");
        try {
            return FixtureRun.launched(
                    List.of(fixture),
                    directory,
                    directory.resolve("s"),
                    TtMemoryCheckSettings.SHM_DIRECTORY,
                    regions.toString());
        } finally {
            region = null;
            EmbeddedTracker.running(directory.resolve("s")).ifPresent(EmbeddedTracker::close);
        }
    }

    @TtMemoryCheck
    static class SingletonInTotals {

        @Test
        void a_loads_it() {
            try (SharedDeviceMemory shared = SharedDeviceMemory.open("llama weights")) {
                assertThat(shared).isNotNull();
                hold(14 * MIB);
            }
        }

        @Test
        void b_loads_another_and_leaks_beside_it() {
            try (SharedDeviceMemory shared = SharedDeviceMemory.open("rope tables")) {
                assertThat(shared).isNotNull();
                hold(2 * MIB);
            }
            hold(MIB);
        }
    }

    @Test
    void where_totals_are_known_alone_a_scope_is_told_by_difference_and_listed_by_name(@TempDir Path directory)
            throws IOException {
        FixtureRun run = runInTotals(SingletonInTotals.class, directory);

        assertThat(run.charges())
                .containsExactly("SharedInTotalsTests.SingletonInTotals.b_loads_another_and_leaks_beside_it()"
                        + " left 1024 KiB of DRAM on device 2");
        assertThat(Files.readString(directory.resolve("report").resolve("report.json")))
                .containsSubsequence(
                        "shared memory 'llama weights'", "14680064", "shared memory 'rope tables'", "2097152")
                .contains("checked tests, together");
    }

    @TtMemoryCheck
    static class OpenInTotals {

        static @Nullable SharedDeviceMemory session;

        @Test
        void a_opens_what_stays_open() {
            session = SharedDeviceMemory.open("session");
            hold(14 * MIB);
        }

        @Test
        void b_goes_on_in_it() {
            hold(2 * MIB);
        }

        @Test
        void c_closes_it_and_leaks() {
            Objects.requireNonNull(session).close();
            hold(MIB);
        }
    }

    @Test
    void where_totals_are_known_alone_what_rises_in_an_open_scope_is_shared(@TempDir Path directory)
            throws IOException {
        assertThat(runInTotals(OpenInTotals.class, directory).charges())
                .containsExactly("SharedInTotalsTests.OpenInTotals.c_closes_it_and_leaks()"
                        + " left 1024 KiB of DRAM on device 2");
    }

    @TtMemoryCheck
    static class LoadedLazilyInTotals {

        @Test
        void a_loads_it_and_uses_the_device() {
            load("llama weights");
            hold(3 * MIB);
            hold(-3 * MIB);
        }

        @Test
        void b_loads_it_and_leaks() {
            load("rope tables");
            hold(16 * MIB);
        }

        private static void load(String name) {
            try (SharedDeviceMemory shared = SharedDeviceMemory.open(name)) {
                assertThat(shared).isNotNull();
                hold(14 * MIB);
            }
        }
    }

    @Test
    void a_test_that_loads_what_is_shared_is_judged_by_what_it_leaves_beside_it(@TempDir Path directory)
            throws IOException {
        assertThat(runInTotals(LoadedLazilyInTotals.class, directory).charges())
                .containsExactly("SharedInTotalsTests.LoadedLazilyInTotals.b_loads_it_and_leaks()"
                        + " left 16384 KiB of DRAM on device 2");
    }

    private static @Nullable Path socket;

    @TtMemoryCheck
    static class SingletonOfTwoSources {

        @Test
        void a_loads_on_a_device_that_reports_and_on_one_that_does_not() {
            try (SharedDeviceMemory shared = SharedDeviceMemory.open("two models");
                    AllocationClient client = AllocationClient.connect(Objects.requireNonNull(socket))) {
                assertThat(shared).isNotNull();
                client.allocate(0, DRAM, 0x1000, MIB);
                hold(14 * MIB);
            }
        }
    }

    @Test
    void where_one_device_is_known_by_buffers_and_another_in_totals_both_are_shared(@TempDir Path directory)
            throws IOException {
        socket = directory.resolve("s");
        assertThat(runInTotals(SingletonOfTwoSources.class, directory).charges())
                .isEmpty();
        assertThat(Files.readString(directory.resolve("report").resolve("report.json")))
                .contains("14680064", "1048576")
                .doesNotContain("checked tests, together");
    }

    @TtMemoryCheck
    static class NestedInTotals {

        @Test
        void leaks_beside_two_scopes_one_in_the_other() {
            try (SharedDeviceMemory outer = SharedDeviceMemory.open("model");
                    SharedDeviceMemory inner = SharedDeviceMemory.open("weights")) {
                assertThat(outer).isNotNull();
                assertThat(inner).isNotNull();
                hold(2 * MIB);
            }
            hold(MIB);
        }
    }

    @Test
    void what_rises_in_two_scopes_is_taken_out_once(@TempDir Path directory) throws IOException {
        assertThat(runInTotals(NestedInTotals.class, directory).charges())
                .containsExactly("SharedInTotalsTests.NestedInTotals.leaks_beside_two_scopes_one_in_the_other()"
                        + " left 1024 KiB of DRAM on device 2");
    }
}
