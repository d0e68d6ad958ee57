package io.github.ttmemorycheck.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.internal.process.FakeProcess;
import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.process.ProcessThreads;
import io.github.ttmemorycheck.internal.server.Eventually;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a server is asked, and when its totals count; what its threads do is told by hand. */
@Timeout(60)
class ThirdPartyServerTests {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final Duration SETTLING = Duration.ofMillis(200);

    @TempDir
    Path directory;

    private ThirdPartyFake fake;
    private FakeProcess told;
    private ThirdPartyServer server;

    @BeforeEach
    void start() throws IOException {
        fake = ThirdPartyFake.start(directory, Generation.G2);
        told = new FakeProcess(directory, fake.server().pid());
        told.say(1, "S", 1, 1);
        server = new ThirdPartyServer(
                fake.socket(),
                ServerProbe.identify(fake.socket(), PATIENCE_NANOS),
                PATIENCE_NANOS,
                SETTLING,
                new ProcFiles(directory));
    }

    @AfterEach
    void end() throws IOException {
        server.close();
        fake.close();
    }

    private ThirdPartyServer.Reading read(long dram) {
        ThirdPartyServer.Reading reading = server.read();
        assertThat(reading.totals().of(0, MemoryKind.DRAM)).isEqualTo(dram);
        return reading;
    }

    private static ProcessThreads.Look look(ProcessThreads.Work work, String... ran) {
        return new ProcessThreads.Look(work, Set.of(ran));
    }

    @Test
    void a_server_is_not_asked_again_while_the_thread_of_our_connection_sleeps() throws Exception {
        try (ThirdPartyServer real = new ThirdPartyServer(
                fake.socket(),
                ServerProbe.identify(fake.socket(), PATIENCE_NANOS),
                PATIENCE_NANOS,
                SETTLING,
                ProcFiles.ofThisSystem())) {
            // A JVM has threads that run now and then.
            Eventually.isTrue("a reading is kept", () -> isKept(real));
            fake.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
            assertThat(real.read().totals().of(0, MemoryKind.DRAM)).isEqualTo(4096);
        }
    }

    private static boolean isKept(ThirdPartyServer server) {
        int answered = server.answered();
        server.read();
        return server.answered() == answered;
    }

    @Test
    void what_was_read_holds_while_every_thread_waits_and_none_but_ours_has_run() {
        assertThat(ThirdPartyServer.isAtRest(look(ProcessThreads.Work.NONE), "8"))
                .isTrue();
        assertThat(ThirdPartyServer.isAtRest(look(ProcessThreads.Work.NONE, "8"), "8"))
                .isTrue();
        assertThat(ThirdPartyServer.isAtRest(look(ProcessThreads.Work.NONE, "7"), "8"))
                .isFalse();
        assertThat(ThirdPartyServer.isAtRest(look(ProcessThreads.Work.NONE, "7", "8"), "8"))
                .isFalse();
        assertThat(ThirdPartyServer.isAtRest(look(ProcessThreads.Work.SOME), "8"))
                .isFalse();
        assertThat(ThirdPartyServer.isAtRest(look(ProcessThreads.Work.UNKNOWN), "8"))
                .isFalse();
        assertThat(ThirdPartyServer.isAtRest(new ProcessThreads.Look(ProcessThreads.Work.NONE, null), "8"))
                .isFalse();
    }

    @Test
    void a_thread_that_was_there_before_us_may_have_read_more_after_its_answer() {
        ProcessThreads.Look one = look(ProcessThreads.Work.NONE, "8");
        assertThat(ThirdPartyServer.newcomer(one, Set.of("7"))).hasValue("8");
        assertThat(ThirdPartyServer.newcomer(one, Set.of("7", "8"))).isEmpty();
        assertThat(ThirdPartyServer.newcomer(look(ProcessThreads.Work.NONE, "8", "9"), Set.of("7")))
                .isEmpty();
        assertThat(ThirdPartyServer.newcomer(one, Set.of()))
                .as("none could be seen before")
                .isEmpty();
    }

    @Test
    void a_stopped_server_is_not_asked() throws IOException {
        read(0);
        int answered = server.answered();
        told.say(1, "T", 1, 1);
        assertThatThrownBy(() -> server.read())
                .isInstanceOf(TrackerException.class)
                .hasMessageStartingWith(
                        "the allocation server is stopped; asked: totals of 8 devices, " + fake.socket())
                .hasMessageEndingWith("to fix: let it go on, for example by kill -CONT "
                        + fake.server().pid());
        told.say(1, "S", 1, 1);
        assertThat(server.answered()).isEqualTo(answered);
        assertThat(read(0).settled()).isTrue();
    }

    @Test
    void a_thread_that_cannot_write_is_waited_for() throws IOException {
        told.sleepsIn(1, "n_tty_write");
        told.say(1, "S", 1, 2);
        assertThat(read(0).settled()).isFalse();
    }

    @Test
    void a_thread_that_is_ready_to_run_and_has_not_run_yet_is_waited_for() throws IOException {
        read(0);
        fake.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
        told.say(1, "R", 1, 1);
        assertThat(read(4096).settled()).as("it stays so until time is up").isFalse();
        told.say(1, "S", 1, 1);
        assertThat(read(4096).settled()).isTrue();
    }

    private ThirdPartyTracker tracker() {
        return new ThirdPartyTracker(fake.socket(), server, null, () -> {});
    }

    @Test
    void totals_that_may_lack_what_was_on_its_way_are_no_verdict() throws IOException {
        ThirdPartyTracker tracker = tracker();
        try (MemoryTracker.Mark mark = tracker.mark()) {
            told.say(1, "R", 1, 1);
            assertThatThrownBy(() -> tracker.since(mark))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageStartingWith("the allocation server had not read all that it was sent; asked: what"
                            + " changed since a mark, " + fake.socket());
            try (MemoryTracker.Mark unsettled = tracker.mark()) {
                told.say(1, "S", 1, 1);
                assertThat(tracker.since(mark).isClean()).isTrue();
                assertThatThrownBy(() -> tracker.since(unsettled)).hasMessageContaining("busy when the mark was made");
            }
        }
    }

    @Test
    void a_server_that_lags_behind_says_nothing_of_garbage() throws IOException {
        ThirdPartyTracker tracker = tracker();
        fake.allocate(0, MemoryKind.DRAM, 0x1000, 15 << 20);
        try (MemoryTracker.Mark mark = tracker.mark()) {
            told.say(1, "D", 1, 2);
            assertThatThrownBy(() -> tracker.since(mark)).isInstanceOf(TrackerException.class);
        }
    }

    @Test
    void what_a_server_drops_before_a_dump_is_said() throws IOException {
        ThirdPartyTracker tracker = tracker();
        try (MemoryTracker.Mark mark = tracker.mark()) {
            fake.allocateOfNobody(0x1000, 4096);
            assertThat(tracker.since(mark).isClean()).isTrue();
            assertThat(tracker.remarks(mark))
                    .containsExactly("4 KiB went when the server looked which of its clients live: they were of"
                            + " processes that have ended, or that it cannot see");
        }
    }

    @Test
    void a_server_of_another_pid_namespace_is_asked_for_no_dump() throws IOException {
        told.say("status", "Name:\ta\nNSpid:\t" + fake.server().pid() + "\t1\n");
        ThirdPartyTracker tracker = tracker();
        try (MemoryTracker.Mark mark = tracker.mark()) {
            fake.allocateOfNobody(0x1000, 4096);
            tracker.requestDump();
            assertThat(tracker.since(mark).left(0, MemoryKind.DRAM)).isEqualTo(4096);
            assertThat(tracker.remarks(mark)).isEmpty();
            assertThat(tracker.description()).endsWith("; it runs in another PID namespace, and is asked for no dump");
        }
    }

    @Test
    void where_threads_cannot_be_seen_two_equal_readings_are_enough() throws IOException {
        told.say(1, "");
        assertThat(read(0).settled()).isTrue();
        fake.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
        assertThat(read(4096).settled()).isTrue();
    }
}
