package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.PrivateServer.client;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.internal.server.Reporter;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A device that has been closed holds nothing, whose process it was being told or found out. */
@Timeout(60)
class ClosedDeviceTests {

    private static final long MIB = 1 << 20;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static final List<Reporter> WORKERS = new ArrayList<>();

    private static TellingDevice mesh = new TellingDevice();

    @BeforeEach
    void open() {
        mesh = new TellingDevice();
        mesh.ids = List.of(2);
    }

    @AfterEach
    void end() throws IOException {
        for (Reporter worker : WORKERS) {
            worker.close();
        }
        WORKERS.clear();
    }

    private static Reporter worker() throws IOException {
        Reporter worker = Reporter.child(SERVER.directory(), SERVER.server().socket(), 144);
        WORKERS.add(worker);
        return worker;
    }

    @TtMemoryCheck
    static class OfAWorker {

        static TellingDevice device = mesh;

        @BeforeAll
        static void open() {
            device = mesh;
        }

        @Test
        void a_leaks() throws IOException {
            worker().tell("hold 4096");
            device.held.add(new AllocatedBuffer(2, DRAM, 0x7000, 4096));
        }

        @Test
        void b_is_clean() {}
    }

    @Test
    void what_a_worker_reports_and_the_device_tells_is_one_buffer_of_the_worker() {
        FixtureRun run = SERVER.run(OfAWorker.class);

        assertThat(run.charges())
                .containsExactly("ClosedDeviceTests.OfAWorker.a_leaks() left 4 KiB of DRAM on device 2");
        assertThat(run.of("a_leaks()").leak().report().buffers())
                .singleElement()
                .extracting(DeviceBuffer::processId)
                .isEqualTo((int) WORKERS.get(0).pid());
        assertThat(run.of("a_leaks()").words()).doesNotContain("held by the allocator");
    }

    @TtMemoryCheck
    static class ClosedByAWorker {

        static TellingDevice device = mesh;

        @BeforeAll
        static void open() throws IOException {
            device = mesh;
            worker().tell("hold 4096");
            device.held.add(new AllocatedBuffer(2, DRAM, 0x7000, 4096));
        }

        @Test
        void uses_it() {}

        @AfterAll
        static void close() {
            device.close();
        }
    }

    @Test
    void what_the_one_process_on_the_device_held_is_gone_with_it() {
        for (String tracker : List.of("auto", "embedded")) {
            open();
            assertThat(SERVER.run(ClosedByAWorker.class, TtMemoryCheckSettings.TRACKER, tracker)
                            .failed())
                    .as(tracker)
                    .isEmpty();
        }
    }

    @TtMemoryCheck
    static class OfTwoWorkers {

        static TellingDevice device = mesh;

        @BeforeAll
        static void open() throws IOException {
            device = mesh;
            worker().tell("hold 4096");
            worker().tell("hold 8192");
        }

        @Test
        void uses_it() {}

        @AfterAll
        static void close() {
            device.close();
        }
    }

    @Test
    void where_several_processes_could_be_meant_it_stays_and_the_message_says_so() {
        mesh.tells = false;

        FixtureRun run = SERVER.run(OfTwoWorkers.class);

        assertThat(run.charges())
                .containsExactly("ClosedDeviceTests.OfTwoWorkers as a whole left 12 KiB of DRAM on device 2");
        assertThat(run.of("ClosedDeviceTests$OfTwoWorkers").words())
                .contains(
                        "TellingDevice is closed and does not tell which process had it open, processId(); 2 processes"
                                + " have memory on device 2 (pid " + pids(", pid ") + "), so what they left counts");
    }

    private static String pids(String separator) {
        return WORKERS.stream()
                .map(Reporter::pid)
                .sorted()
                .map(String::valueOf)
                .reduce((one, other) -> one + separator + other)
                .orElseThrow();
    }

    @TtMemoryCheck
    static class OfThisJvm {

        static TellingDevice device = mesh;

        @BeforeAll
        static void open() throws IOException {
            device = mesh;
            client().allocate(2, DRAM, 0x1000, MIB);
            client().free(2, 0x1000);
            worker().tell("hold 4096");
        }

        @Test
        void uses_it() {}

        @AfterAll
        static void close() {
            device.close();
        }
    }

    @Test
    void a_worker_with_a_card_of_its_own_is_not_excused_by_a_device_of_this_jvm() {
        for (boolean tells : List.of(true, false)) {
            open();
            mesh.tells = tells;
            assertThat(SERVER.run(OfThisJvm.class).charges())
                    .as("tells " + tells)
                    .containsExactly("ClosedDeviceTests.OfThisJvm as a whole left 4 KiB of DRAM on device 2");
        }
    }

    @TtMemoryCheck
    static class ClosedBefore {

        static TellingDevice device = mesh;

        @BeforeAll
        static void open() {
            device = mesh;
        }

        @Test
        void a_closes_it() {
            device.close();
        }

        @Test
        void b_leaks_on_a_device_that_nobody_named() {
            client().allocate(2, DRAM, 0x5000, MIB);
        }
    }

    @Test
    void what_comes_after_the_closing_did_not_go_with_it() {
        for (String tracker : List.of("auto", "embedded")) {
            open();
            assertThat(SERVER.run(ClosedBefore.class, TtMemoryCheckSettings.TRACKER, tracker)
                            .charges())
                    .as(tracker)
                    .containsExactly("ClosedDeviceTests.ClosedBefore.b_leaks_on_a_device_that_nobody_named() left 1024"
                            + " KiB of DRAM on device 2");
        }
    }

    @TtMemoryCheck
    static class ClosedWithMore {

        static TellingDevice device = mesh;

        @BeforeAll
        static void open() {
            device = mesh;
            for (int i = 1; i <= 3; i++) {
                client().allocate(2, DRAM, 0x1000L * i, MIB);
                device.held.add(new AllocatedBuffer(2, DRAM, 0x1000L * i, MIB));
            }
        }

        @Test
        void uses_it() {}

        @AfterAll
        static void close() {
            device.close();
            client().allocate(3, DRAM, 0x1000, MIB);
        }
    }

    @Test
    void it_is_said_how_many_buffers_were_never_reported_freed() {
        FixtureRun run = SERVER.run(ClosedWithMore.class);

        assertThat(run.charges())
                .containsExactly("ClosedDeviceTests.ClosedWithMore as a whole left 1024 KiB of DRAM on device 3");
        assertThat(run.of("ClosedDeviceTests$ClosedWithMore").words())
                .contains("the device says that it is closed; 3 buffers were never reported freed (3 MiB)");
    }

    @TtMemoryCheck
    static class ResetInBetween {

        static TellingDevice device = mesh;

        @BeforeAll
        static void open() {
            device = mesh;
        }

        @Test
        void a_leaves_what_the_reset_takes() {
            client().allocate(2, DRAM, 0x7000, 4 * MIB);
        }

        @Test
        void b_leaks_the_same_at_the_same_address() {
            client().allocate(2, DRAM, 0x7000, 4 * MIB);
        }

        @AfterEach
        void reset(TestInfo test) {
            if (test.getDisplayName().startsWith("a_")) {
                device.close();
                device = new TellingDevice();
                device.ids = List.of(2);
                device.tells = false;
            }
        }
    }

    @Test
    void what_is_allocated_after_a_reset_is_no_reference_to_what_went_with_it() {
        mesh.tells = false;

        FixtureRun run = SERVER.run(ResetInBetween.class);

        assertThat(run.charges())
                .containsExactly(
                        "ClosedDeviceTests.ResetInBetween.b_leaks_the_same_at_the_same_address() left 4096 KiB of"
                                + " DRAM on device 2");
        assertThat(run.of("b_leaks_the_same_at_the_same_address()").words())
                .contains("2 DRAM - 4 MiB +4 MiB - leaked")
                .contains("allocated at ClosedDeviceTests$ResetInBetween.b_leaks_the_same_at_the_same_address(")
                .doesNotContain("reference");
    }
}
