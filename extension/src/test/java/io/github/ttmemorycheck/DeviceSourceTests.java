package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.PrivateServer.client;
import static io.github.ttmemorycheck.snapshot.MemoryKind.CIRCULAR_BUFFER;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.io.IOException;
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
import org.junit.jupiter.api.extension.RegisterExtension;

/** The allocator of a device as a source: the truth while it is open, beside what is reported, and alone. */
@Timeout(60)
class DeviceSourceTests {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static TellingDevice mesh = new TellingDevice();

    @BeforeEach
    void open() {
        mesh = new TellingDevice();
    }

    @TtMemoryCheck
    static class Quarrel {

        final TellingDevice device = mesh;

        @Test
        void a_free_that_was_never_reported() {
            client().allocate(0, DRAM, 0x1000, MIB);
        }

        @Test
        void b_circular_buffers_are_no_buffers_of_an_allocator() {
            client().allocate(0, CIRCULAR_BUFFER, 0x18b20, 4 * KIB);
            client().allocate(0, L1, 0x18b20, 4 * KIB);
        }

        @Test
        void c_held_and_reported() {
            client().allocate(0, DRAM, 0x2000, MIB);
            mesh.held.add(new AllocatedBuffer(0, DRAM, 0x2000, MIB));
        }

        @Test
        void d_held_and_never_reported() {
            mesh.held.add(new AllocatedBuffer(0, L1, 0x40000, 8 * KIB));
        }

        @Test
        void e_clean() {}
    }

    @Test
    void what_no_allocator_holds_is_no_leak_and_what_nobody_reported_is_one() {
        FixtureRun run = SERVER.run(Quarrel.class, TtMemoryCheckSettings.TRACKER, "auto");

        assertThat(run.charges())
                .containsExactly(
                        "DeviceSourceTests.Quarrel.c_held_and_reported() left 1024 KiB of DRAM on device 0",
                        "DeviceSourceTests.Quarrel.d_held_and_never_reported() left 8 KiB of L1 on device 0");
        assertThat(run.of("d_held_and_never_reported()").words())
                .contains("1 buffer is held by the allocator and was never reported to the tracker (8 KiB)")
                .contains("where it was allocated is not known, since only the device told of it")
                .contains("once; device tracker, buffers of TellingDevice, and embedded tracker, ");
        DeviceMemoryLeakError unreported = run.of("d_held_and_never_reported()").leak();
        assertThat(Path.of(unreported.report().dump()))
                .content()
                .contains("0x00002000", "0x00040000")
                .contains("Held by the allocators of the devices, and never reported");
    }

    @TtMemoryCheck
    static class FreedUnreported {

        final TellingDevice device = mesh;

        @Test
        void leaves_more_than_was_freed() {
            client().allocate(0, DRAM, 0x1000, MIB);
            client().allocate(0, DRAM, 0x200000, MIB);
            client().allocate(1, DRAM, 0x1000, MIB);
        }
    }

    @Test
    void what_was_freed_without_a_report_is_said_to_be_not_held_by_the_allocator() {
        FixtureRun run = SERVER.run(FreedUnreported.class);

        assertThat(run.charges())
                .containsExactly("DeviceSourceTests.FreedUnreported.leaves_more_than_was_freed() left 1024 KiB of DRAM"
                        + " on device 1");
        assertThat(run.of("leaves_more_than_was_freed()").words())
                .contains("2 buffers are shown by the tracker and not held by the allocator (2 MiB): freed although no"
                        + " free was reported");
    }

    @TtMemoryCheck
    static class ClosedWithoutFrees {

        static TellingDevice device = mesh;

        @BeforeAll
        static void open() {
            device = mesh;
            client().allocate(0, DRAM, 0x1000, 14 * MIB);
            mesh.held.add(new AllocatedBuffer(0, DRAM, 0x1000, 14 * MIB));
        }

        @Test
        void uses_it() {
            assertThat(device.isOpen()).isTrue();
        }

        @AfterAll
        static void close() {
            device.close();
        }
    }

    @Test
    void a_device_that_has_been_closed_holds_nothing_whatever_frees_were_never_reported() {
        for (String tracker : List.of("auto", "embedded")) {
            open();
            assertThat(SERVER.run(ClosedWithoutFrees.class, TtMemoryCheckSettings.TRACKER, tracker)
                            .failed())
                    .as(tracker)
                    .isEmpty();
            assertThat(mesh.asked > 0).as("asked for its buffers").isEqualTo("auto".equals(tracker));
        }
    }

    @TtMemoryCheck
    static class Alone {

        final TellingDevice device = mesh;

        @Test
        void a_leaks() {
            mesh.held.add(new AllocatedBuffer(0, DRAM, 0x2000, MIB));
        }

        @Test
        void b_is_clean() {}

        @Test
        void c_reports_where_nobody_listens() throws IOException {
            try (AllocationClient nowhere =
                    AllocationClient.connect(SERVER.directory().resolve("nobody"))) {
                nowhere.allocate(0, DRAM, 0x9000, MIB);
            }
        }

        @Test
        void d_throws_when_it_is_asked() {
            mesh.held.add(new AllocatedBuffer(0, DRAM, 0x3000, -1));
        }
    }

    @Test
    void it_works_alone_with_nothing_running_and_what_it_cannot_tell_is_never_clean() {
        FixtureRun run = SERVER.run(Alone.class, TtMemoryCheckSettings.TRACKER, "device");

        assertThat(run.failed()).startsWith("a_leaks()", "d_throws_when_it_is_asked()");
        assertThat(run.of("a_leaks()").words()).contains("left 1 MiB of DRAM on device 0");
        assertThat(run.of("d_throws_when_it_is_asked()").words()).contains("could not be checked");
    }

    @TtMemoryCheck
    static class RunsOut {

        final TellingDevice device = mesh;

        @Test
        void a_leaks() {
            client().allocate(0, DRAM, 0x2000, MIB);
            mesh.held.add(new AllocatedBuffer(0, DRAM, 0x2000, MIB));
        }

        @Test
        void b_finds_no_piece_that_is_large_enough() {
            throw new IllegalStateException("out of memory");
        }
    }

    @Test
    void a_note_on_memory_that_is_held_says_how_large_the_largest_free_piece_is() {
        FixtureRun run = SERVER.run(RunsOut.class, TtMemoryCheckSettings.TRACKER, "auto");

        assertThat(run.of("b_finds_no_piece_that_is_large_enough()")
                        .throwable()
                        .orElseThrow()
                        .getSuppressed())
                .singleElement()
                .satisfies(note -> assertThat(String.valueOf(note.getMessage()).replaceAll("\\s+", " "))
                        .contains("DeviceSourceTests.RunsOut.a_leaks() holds 1 MiB of DRAM on device 0")
                        .contains("256 MiB of DRAM are free on device 0, the largest free block is 8 MiB"));
    }

    @TtMemoryCheck
    static class FreedLate {

        final TellingDevice device = mesh;

        @Test
        void a_leaks_what_nobody_reports() {
            mesh.held.add(new AllocatedBuffer(0, DRAM, 0x2000, MIB));
        }

        @Test
        void b_frees_it() {
            mesh.held.clear();
        }
    }

    @Test
    void a_later_test_that_frees_what_only_the_device_tells_is_named() throws IOException {
        SERVER.launch(
                FreedLate.class,
                TtMemoryCheckSettings.REPORT_DIRECTORY,
                SERVER.directory().resolve("late").toString());

        assertThat(Files.readString(SERVER.directory().resolve("late").resolve("report.json"))
                        .replaceAll("\\s+", ""))
                .contains(
                        "\"lateReleases\":[{\"holder\":\"DeviceSourceTests.FreedLate.a_leaks_what_nobody_reports()\"");
    }

    @TtMemoryCheck
    static class FillsItAlone {

        final TellingDevice device = mesh;

        @Test
        void runs_out_of_memory() {
            mesh.held.add(new AllocatedBuffer(0, DRAM, 0x2000, MIB));
            throw new IllegalStateException("out of memory");
        }
    }

    @Test
    void a_test_that_fills_the_memory_alone_is_told_the_largest_free_block_too() {
        for (String tracker : List.of("auto", "device")) {
            open();
            FixtureRun run = SERVER.run(FillsItAlone.class, TtMemoryCheckSettings.TRACKER, tracker);

            assertThat(run.of("runs_out_of_memory()").throwable().orElseThrow().getSuppressed())
                    .as(tracker)
                    .anySatisfy(
                            note -> assertThat(String.valueOf(note.getMessage()).replaceAll("\\s+", " "))
                                    .contains("256 MiB of DRAM are free on device 0, the largest free block is 8 MiB"));
        }
    }

    @TtMemoryCheck
    static class SharedBesideALeak {

        final TellingDevice device = mesh;

        @Test
        void a_shares_what_is_reported() {
            try (SharedDeviceMemory shared = SharedDeviceMemory.open("weights")) {
                assertThat(shared).isNotNull();
                client().allocate(0, DRAM, 0x1000, MIB);
                mesh.held.add(new AllocatedBuffer(0, DRAM, 0x1000, MIB));
            }
        }

        @Test
        void b_leaks_what_only_the_device_tells() {
            for (int i = 1; i <= lastOrder(); i++) {
                mesh.held.add(new AllocatedBuffer(0, L1, 0x1000L * i, KIB));
            }
        }

        @Test
        void c_is_charged_while_a_scope_is_open_that_came_later() {
            mesh.held.add(new AllocatedBuffer(0, DRAM, 0x900000, KIB));
            assertThat(SERVER.server().snapshot().buffers()).isNotEmpty();
            scope = SharedDeviceMemory.open("later");
        }
    }

    private static @Nullable SharedDeviceMemory scope;

    private static long lastOrder() {
        return SERVER.server().snapshot().buffers().stream()
                .mapToLong(DeviceBuffer::order)
                .max()
                .orElseThrow();
    }

    @Test
    void a_buffer_that_only_the_device_tells_is_never_taken_for_a_reported_one() {
        FixtureRun run = SERVER.run(SharedBesideALeak.class);
        Objects.requireNonNull(scope).close();

        assertThat(run.charges())
                .containsExactly(
                        "DeviceSourceTests.SharedBesideALeak.b_leaks_what_only_the_device_tells() left " + lastOrder()
                                + " KiB of L1 on device 0",
                        "DeviceSourceTests.SharedBesideALeak.c_is_charged_while_a_scope_is_open_that_came_later() left"
                                + " 1 KiB of DRAM on device 0");
        assertThat(run.of("c_is_charged_while_a_scope_is_open_that_came_later()")
                        .words())
                .containsPattern("0x00900000 .* #d\\d+");
    }

    @TtMemoryCheck
    static class ClosedAndNameless {

        static FixtureDevice device = mesh;

        @Test
        void opens_it() {
            device = new FixtureDevice();
        }

        @AfterAll
        static void close() {
            client().allocate(0, DRAM, 0x2000, MIB);
            device.close();
        }
    }

    @Test
    void of_a_class_whose_device_is_closed_it_is_never_said_that_one_is_open() {
        FixtureRun run = SERVER.run(ClosedAndNameless.class, TtMemoryCheckSettings.TRACKER, "embedded");

        assertThat(run.of("DeviceSourceTests$ClosedAndNameless").words())
                .contains("frees of a device that is closed were not reported")
                .doesNotContain("a device is still open");
    }
}
