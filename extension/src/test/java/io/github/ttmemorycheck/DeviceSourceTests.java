package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.PrivateServer.client;
import static io.github.ttmemorycheck.snapshot.MemoryKind.CIRCULAR_BUFFER;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private static Telling mesh = new Telling();

    /** A device whose binding can list the allocator's buffers. */
    static final class Telling extends FixtureDevice {

        private final List<AllocatedBuffer> held = new ArrayList<>();

        @Override
        public List<Integer> deviceIds() {
            return List.of(0);
        }

        @Override
        public Optional<MemoryView> memoryView(MemoryKind kind) {
            return kind == DRAM ? Optional.of(new MemoryView(8, 64 * MIB, 32 * MIB, 32 * MIB, MIB)) : Optional.empty();
        }

        @Override
        public Optional<List<AllocatedBuffer>> allocatedBuffers() {
            return Optional.of(List.copyOf(held));
        }
    }

    @BeforeEach
    void open() {
        mesh = new Telling();
    }

    private static String words(FixtureRun run, String test) {
        return String.valueOf(run.of(test).throwable().orElseThrow().getMessage())
                .replaceAll("\\s+", " ");
    }

    @TtMemoryCheck
    static class Quarrel {

        final Telling device = mesh;

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
        assertThat(words(run, "d_held_and_never_reported()"))
                .contains("1 buffer, 8 KiB, is held by the allocator and was never reported to the tracker");
    }

    @TtMemoryCheck
    static class ClosedWithoutFrees {

        static Telling device = mesh;

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
        assertThat(SERVER.run(ClosedWithoutFrees.class, TtMemoryCheckSettings.TRACKER, "auto")
                        .failed())
                .isEmpty();
        assertThat(SERVER.run(ClosedWithoutFrees.class, TtMemoryCheckSettings.TRACKER, "embedded")
                        .failed())
                .as("nobody asks the device")
                .isNotEmpty();
    }

    @TtMemoryCheck
    static class Alone {

        final Telling device = mesh;

        @Test
        void a_leaks() {
            mesh.held.add(new AllocatedBuffer(0, DRAM, 0x2000, MIB));
        }

        @Test
        void b_is_clean() {}

        @Test
        void c_throws_when_it_is_asked() {
            mesh.held.add(new AllocatedBuffer(0, DRAM, 0x3000, -1));
        }
    }

    @Test
    void it_works_alone_with_nothing_running_and_what_it_cannot_tell_is_never_clean() {
        FixtureRun run = SERVER.run(Alone.class, TtMemoryCheckSettings.TRACKER, "device");

        assertThat(run.failed()).startsWith("a_leaks()", "c_throws_when_it_is_asked()");
        assertThat(words(run, "a_leaks()")).contains("left 1 MiB of DRAM on device 0");
        assertThat(words(run, "c_throws_when_it_is_asked()")).contains("could not be checked");
    }

    @TtMemoryCheck
    static class RunsOut {

        final Telling device = mesh;

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
                        .contains("256 MiB of DRAM are free on device 0, the largest piece is 8 MiB"));
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

        assertThat(words(run, "DeviceSourceTests$ClosedAndNameless"))
                .contains("frees of a device that is closed were not reported")
                .doesNotContain("a device is still open");
    }
}
