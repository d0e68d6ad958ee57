package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.sharedmemory.MainlineRuntimeProgram;
import io.github.ttmemorycheck.internal.sharedmemory.WrittenRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices that tell, beside regions that know totals of each process alone. */
@Timeout(60)
class DevicesBesideRegionsTests {

    private static final int SELF = (int) ProcessHandle.current().pid();
    private static final long MIB = 1 << 20;

    @TempDir
    Path directory;

    private static TellingDevice mesh = new TellingDevice();
    private static @Nullable Child worker;
    private static @Nullable Path regions;

    @BeforeEach
    void open() {
        mesh = new TellingDevice();
    }

    @AfterEach
    void end() throws IOException {
        if (worker != null) {
            worker.close();
            worker = null;
        }
        EmbeddedTracker.running(directory.resolve("s")).ifPresent(EmbeddedTracker::close);
    }

    private FixtureRun run(Class<?> fixture, String tracker) throws IOException {
        regions = Files.createDirectories(directory.resolve("shm-" + tracker));
        return FixtureRun.of(
                List.of(fixture),
                directory,
                directory.resolve("s"),
                TtMemoryCheckSettings.SHM_DIRECTORY,
                regions.toString(),
                TtMemoryCheckSettings.TRACKER,
                tracker);
    }

    private static void allocateInAWorker(long bytes) throws IOException {
        Path directory = Objects.requireNonNull(regions);
        Child child = Child.java(
                directory.resolve("errors"),
                List.of(),
                MainlineRuntimeProgram.class,
                directory.toString(),
                "4711",
                "0");
        worker = child;
        child.writeLine("0 " + bytes);
        assertThat(child.readLine()).isEqualTo("done");
    }

    private static void allocateHere(long bytes) throws IOException {
        WrittenRegion.create(Objects.requireNonNull(regions), "12", 0)
                .attach(0, SELF, "tests")
                .hold(0, bytes);
    }

    @TtMemoryCheck
    static class Beside {

        final TellingDevice device = mesh;

        @Test
        void a_the_worker_leaks_on_a_card_of_its_own() throws IOException {
            allocateInAWorker(64 * MIB);
        }

        @Test
        void b_this_jvm_leaks_what_its_device_tells() throws IOException {
            allocateHere(2 * MIB);
            mesh.held.add(new AllocatedBuffer(0, DRAM, 0x1000, MIB));
        }

        @Test
        void c_this_jvm_frees_and_its_region_lags_behind() throws IOException {
            WrittenRegion.at(Objects.requireNonNull(regions), "12").add(0, 0, MIB);
        }
    }

    @Test
    void a_process_that_only_the_regions_know_is_not_hidden_by_a_device_that_tells() throws IOException {
        FixtureRun run = run(Beside.class, "auto");

        assertThat(run.charges())
                .containsExactly(
                        "DevicesBesideRegionsTests.Beside.a_the_worker_leaks_on_a_card_of_its_own() left 65536 KiB of"
                                + " DRAM on device 0",
                        "DevicesBesideRegionsTests.Beside.b_this_jvm_leaks_what_its_device_tells() left 1024 KiB of"
                                + " DRAM on device 0");
        assertThat(run.of("b_this_jvm_leaks_what_its_device_tells()")
                        .leak()
                        .report()
                        .notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith("the shared-memory tracker, ")
                        .endsWith(" tells of 2 MiB of DRAM left on device 0, and the device, which counts, of 1 MiB"));
    }

    @TtMemoryCheck
    static class OfTheWorker {

        final TellingDevice device = mesh;

        @Test
        void a_leaks() throws IOException {
            allocateInAWorker(MIB);
            mesh.held.add(new AllocatedBuffer(0, DRAM, 0x1000, MIB));
        }
    }

    @Test
    void what_a_worker_holds_and_the_device_tells_is_counted_once() throws IOException {
        assertThat(run(OfTheWorker.class, "auto").charges())
                .containsExactly("DevicesBesideRegionsTests.OfTheWorker.a_leaks() left 1024 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    static class OpenedAndClosed {

        static TellingDevice device = mesh;

        @BeforeAll
        static void open() throws IOException {
            device = mesh;
            allocateHere(14 * MIB);
            if (mesh.tells) {
                mesh.held.add(new AllocatedBuffer(0, DRAM, 0x1000, 14 * MIB));
            }
        }

        @Test
        void uses_it() {}

        @AfterAll
        static void close() {
            device.close();
        }
    }

    @Test
    void what_a_region_still_shows_of_a_closed_device_is_gone() throws IOException {
        for (String tracker : List.of("auto", "shm")) {
            for (boolean tells : List.of(true, false)) {
                open();
                mesh.tells = tells;
                assertThat(run(OpenedAndClosed.class, tracker).charges())
                        .as(tracker + ", tells " + tells)
                        .isEmpty();
                Files.delete(
                        WrittenRegion.at(Objects.requireNonNull(regions), "12").file());
            }
        }
    }

    @TtMemoryCheck
    static class ClosedBesideAWorker {

        static TellingDevice device = mesh;

        @BeforeAll
        static void open() throws IOException {
            device = mesh;
            allocateHere(14 * MIB);
            allocateInAWorker(2 * MIB);
        }

        @Test
        void uses_it() {}

        @AfterAll
        static void close() {
            device.close();
        }
    }

    @Test
    void only_the_process_of_the_closed_device_is_excused_and_that_is_said() throws IOException {
        mesh.tells = false;

        FixtureRun run = run(ClosedBesideAWorker.class, "auto");

        assertThat(run.charges())
                .containsExactly("DevicesBesideRegionsTests.ClosedBesideAWorker as a whole left 2048 KiB of DRAM on"
                        + " device 0");
        assertThat(run.of("DevicesBesideRegionsTests$ClosedBesideAWorker")
                        .leak()
                        .report()
                        .notes())
                .contains("the device says that it is closed; 14 MiB of DRAM on device 0 that the totals still show"
                        + " of its process are gone");
    }
}
