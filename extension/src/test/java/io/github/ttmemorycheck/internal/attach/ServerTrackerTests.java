package io.github.ttmemorycheck.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ttmemorycheck.internal.process.ProcessThreads;
import io.github.ttmemorycheck.internal.server.Eventually;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the contract does not say: third-party servers with their faults. */
@Timeout(60)
class ServerTrackerTests {

    private static final Duration SHORT = Duration.ofMillis(600);

    @TempDir
    Path directory;

    private static TrackerException blind(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(TrackerException.class, call);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void finds_out_the_generation_and_harms_nobody(Generation generation) throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, generation);
                ServerTracker tracker = ServerTracker.attach(fake.socket())) {
            fake.allocate(7, MemoryKind.DRAM, 0x1000, 4096);
            assertThat(tracker.snapshot().allocated(7, MemoryKind.DRAM)).isEqualTo(4096);
            assertThat(tracker.description())
                    .startsWith("third-party allocation server tracker, " + fake.socket() + ", pid "
                            + fake.server().pid() + " (java ")
                    .contains(generation.length() + "-byte messages, totals of devices 0-7");
            assertThat(tracker.knowsBuffers()).isFalse();
            tracker.requestDump();
            Eventually.isTrue("the dump is printed", () -> lineOf(fake).contains("REMAINING"));
            assertThat(fake.server().process().isAlive()).isTrue();
            assertThat(fake.faults()).isEmpty();
        }
    }

    private static String lineOf(ThirdPartyFake fake) {
        try {
            return fake.server().readLine();
        } catch (java.io.IOException e) {
            return "";
        }
    }

    @ParameterizedTest
    @CsvSource({"G1, -1, -1", "G2, 12884901888, 100663296", "G3, -1, -1", "G4, 12884901888, 100663296"})
    void capacity_is_asked_only_where_it_is_known_to_be_answered(Generation generation, long dram, long l1)
            throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, generation);
                ServerTracker tracker = ServerTracker.attach(fake.socket())) {
            assertThat(tracker.capacity(new MemoryPool(3, MemoryKind.DRAM)).orElse(-1))
                    .isEqualTo(dram);
            assertThat(tracker.capacity(new MemoryPool(3, MemoryKind.L1)).orElse(-1))
                    .isEqualTo(l1);
            assertThat(tracker.capacity(new MemoryPool(3, MemoryKind.TRACE))).isEmpty();
            assertThat(tracker.capacity(new MemoryPool(5000, MemoryKind.DRAM))).isEmpty();
            assertThat(fake.faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"G3", "G4"})
    void a_counter_that_went_below_nothing_hides_nothing_and_is_nothing_itself(Generation generation) throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, generation);
                ServerTracker tracker = ServerTracker.attach(fake.socket())) {
            fake.free(0, MemoryKind.CIRCULAR_BUFFER, 0x1000, 4096);
            try (MemoryTracker.Mark mark = tracker.mark()) {
                assertThat(mark.totals().isZero()).isTrue();
                fake.free(1, MemoryKind.CIRCULAR_BUFFER, 0x1000, 4096);
                assertThat(tracker.since(mark).isClean()).isTrue();

                fake.allocate(0, MemoryKind.CIRCULAR_BUFFER, 0x1000, 4096);
                fake.allocate(1, MemoryKind.CIRCULAR_BUFFER, 0x1000, 1024);

                SnapshotDiff diff = tracker.since(mark);
                assertThat(diff.left(0, MemoryKind.CIRCULAR_BUFFER)).isEqualTo(4096);
                assertThat(diff.left(1, MemoryKind.CIRCULAR_BUFFER)).isEqualTo(1024);
            }
        }
    }

    @Test
    void only_the_devices_that_there_are_are_asked_for() throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, Generation.G2, "devices=2");
                ServerTracker tracker = ServerTracker.attach(fake.socket())) {
            assertThat(tracker.snapshot().devices()).containsExactly(0, 1);
        }
    }

    @Test
    void a_server_that_never_answers_for_its_devices_is_asked_once() throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, Generation.G4, "silent-info")) {
            long start = System.nanoTime();
            try (ServerTracker tracker = ServerTracker.attach(fake.socket())) {
                assertThat(tracker.capacity(new MemoryPool(0, MemoryKind.DRAM))).isEmpty();
                assertThat(tracker.snapshot().devices()).hasSize(8);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            }
            assertThat(fake.server().process().isAlive()).isTrue();
        }
    }

    @Test
    void a_late_answer_is_an_error_then_and_harms_neither_server_nor_the_next_question() throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, Generation.G1, "late=1500", "late-at=4")) {
            fake.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
            try (ServerTracker tracker = ServerTracker.attach(fake.socket(), SHORT, null)) {
                TrackerException late = blind(tracker::snapshot);
                assertThat(late.reason()).isEqualTo("the allocation server stopped answering");
                assertThat(late.asked()).hasValue("totals of 8 devices, " + fake.socket() + ", waited 600 ms");
                assertThat(late.found().orElseThrow())
                        .startsWith("last answer: ")
                        .contains(" ms ago, from pid " + fake.server().pid() + " (java ");
                assertThat(late.remedy().orElseThrow()).contains("tt.memory.check.tracker=embedded");
                Eventually.pause(Duration.ofMillis(1500));
                assertThat(tracker.snapshot().allocated(0, MemoryKind.DRAM)).isEqualTo(4096);
            }
            assertThat(fake.server().process().isAlive()).isTrue();
        }
    }

    @Test
    void closing_while_an_answer_is_under_way_does_not_end_the_server() throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, Generation.G1, "late=1000", "late-at=3")) {
            try (ServerTracker tracker = ServerTracker.attach(fake.socket(), SHORT, null)) {
                assertThat(blind(tracker::snapshot)).isNotNull();
            }
            Eventually.pause(Duration.ofMillis(1200));
            assertThat(fake.server().process().isAlive()).isTrue();
        }
    }

    @Test
    void a_server_that_dies_or_stands_still_is_an_error_within_the_bound() throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, Generation.G2, "stop-after=4");
                ServerTracker tracker = ServerTracker.attach(fake.socket(), SHORT, null)) {
            TrackerException still = blind(tracker::snapshot);
            assertThat(still.reason()).isEqualTo("the allocation server stopped answering");
            fake.server().kill();
            TrackerException gone = blind(tracker::snapshot);
            assertThat(gone.reason()).isEqualTo("the allocation server has gone");
            assertThat(gone.found().orElseThrow()).endsWith(", which has ended");
        }
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void a_server_that_reads_no_less_than_a_whole_message_is_asked_at_its_length(Generation generation)
            throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, generation, "exact");
                ServerTracker tracker = ServerTracker.attach(fake.socket())) {
            fake.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
            assertThat(tracker.description()).contains(generation.length() + "-byte messages");
            assertThat(tracker.snapshot().allocated(0, MemoryKind.DRAM)).isEqualTo(4096);
            assertThat(fake.faults()).isEmpty();
        }
    }

    @Test
    void what_a_server_is_still_busy_with_is_waited_for() throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, Generation.G2, "slow=30");
                ServerTracker tracker = ServerTracker.attach(fake.socket())) {
            for (int buffers = 1; buffers <= 5; buffers++) {
                fake.post(0, MemoryKind.DRAM, 0x1000L * buffers, 4096);
                assertThat(tracker.snapshot().allocated(0, MemoryKind.DRAM)).isEqualTo(4096L * buffers);
            }
        }
    }

    @Test
    void a_server_that_was_stopped_since_it_answered_is_not_taken_for_one_where_nothing_happened() throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, Generation.G2);
                ServerTracker tracker = ServerTracker.attach(fake.socket(), SHORT, null)) {
            assertThat(tracker.snapshot().totals().isZero()).isTrue();
            String pid = String.valueOf(fake.server().pid());
            assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor())
                    .isZero();
            try (ProcessThreads threads = ProcessThreads.ofThisSystem()) {
                Eventually.isTrue(
                        "it has stopped",
                        () -> threads.look(fake.server().pid()).work() == ProcessThreads.Work.STOPPED);
            }
            assertThat(blind(tracker::snapshot).reason()).isEqualTo("the allocation server is stopped");
            assertThat(blind(() -> ServerTracker.attach(fake.socket())).found())
                    .hasValue("pid " + pid + " was stopped by a signal or a debugger; let it go on (kill -CONT " + pid
                            + ")");
            assertThat(new ProcessBuilder("kill", "-CONT", pid).start().waitFor())
                    .isZero();
            assertThat(tracker.snapshot().totals().isZero()).isTrue();
        }
    }

    @Test
    void another_server_at_the_same_place_knows_nothing_of_an_older_mark() throws Exception {
        ThirdPartyFake first = ThirdPartyFake.start(directory, Generation.G2);
        first.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
        try (ServerTracker tracker = ServerTracker.attach(first.socket())) {
            MemoryTracker.Mark mark = tracker.mark();
            first.server().kill();
            assertThat(blind(() -> tracker.since(mark))).isNotNull();
            try (ThirdPartyFake second = ThirdPartyFake.start(directory, Generation.G4, "replace=yes")) {
                assertThat(blind(() -> tracker.since(mark)).reason()).startsWith("another allocation server answers");
                assertThat(tracker.since(tracker.mark()).isClean()).isTrue();
                assertThat(tracker.description()).contains("144-byte");
                assertThat(second.faults()).isEmpty();
            }
        }
        first.close();
    }

    @Test
    void nobody_there_is_said_with_the_path() throws Exception {
        Path socket = directory.resolve("none");
        assertThat(blind(() -> ServerTracker.attach(socket)).asked().orElseThrow())
                .isEqualTo("what it is, " + socket + ", waited 2 s");
        Files.writeString(socket, "a file");
        assertThat(blind(() -> ServerTracker.attach(socket)).reason()).isEqualTo("no allocation server answers");
        assertThat(socket).hasContent("a file");
        assertThat(ServerTracker.attachToPeer(socket)).isEmpty();
    }
}
