package io.github.ttmemorycheck.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.server.Eventually;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a server is asked, and when its totals count; what its threads do is told by hand. */
@Timeout(60)
class ForeignServerTests {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    @TempDir
    Path directory;

    private ForeignFake fake;
    private FakeThreads told;
    private ForeignServer server;

    @BeforeEach
    void start() throws IOException {
        fake = ForeignFake.start(directory, Generation.G2);
        told = new FakeThreads(directory, fake.server().pid());
        told.say(1, "S", 1, "100 0 1\n");
        server = ForeignServer.of(
                fake.socket(),
                ServerProbe.identify(fake.socket(), PATIENCE_NANOS),
                PATIENCE_NANOS,
                new ServerThreads(directory));
    }

    @AfterEach
    void end() throws IOException {
        server.close();
        fake.close();
    }

    private ForeignServer.Reading read(long dram) throws IOException {
        ForeignServer.Reading reading = server.read();
        assertThat(reading.totals().of(0, MemoryKind.DRAM)).isEqualTo(dram);
        return reading;
    }

    private static ServerThreads.Look look(ServerThreads.Work work, int ran) {
        return new ServerThreads.Look(work, ran, ran == 1 ? "8" : "");
    }

    @Test
    void a_server_is_not_asked_again_while_the_thread_of_our_connection_sleeps() throws Exception {
        try (ForeignServer real =
                ForeignServer.of(fake.socket(), ServerProbe.identify(fake.socket(), PATIENCE_NANOS), PATIENCE_NANOS)) {
            // A JVM has threads that run now and then.
            Eventually.isTrue("a reading is kept", () -> isKept(real));
            fake.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
            assertThat(real.read().totals().of(0, MemoryKind.DRAM)).isEqualTo(4096);
        }
    }

    private static boolean isKept(ForeignServer server) {
        try {
            int answered = server.answered();
            server.read();
            return server.answered() == answered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_was_read_holds_while_every_thread_waits_and_none_has_run() {
        assertThat(ForeignServer.isAtRest(look(ServerThreads.Work.NONE, 0))).isTrue();
        assertThat(ForeignServer.isAtRest(look(ServerThreads.Work.SOME, 0))).isFalse();
        assertThat(ForeignServer.isAtRest(look(ServerThreads.Work.UNKNOWN, 0))).isFalse();
        assertThat(ForeignServer.isAtRest(look(ServerThreads.Work.NONE, 1))).isFalse();
    }

    @Test
    void a_thread_that_was_there_before_us_may_have_read_more_after_its_answer() {
        assertThat(ForeignServer.isOurs(look(ServerThreads.Work.NONE, 1), Set.of("7")))
                .isTrue();
        assertThat(ForeignServer.isOurs(look(ServerThreads.Work.NONE, 1), Set.of("7", "8")))
                .isFalse();
        assertThat(ForeignServer.isOurs(look(ServerThreads.Work.NONE, 2), Set.of("7")))
                .isFalse();
        assertThat(ForeignServer.isOurs(look(ServerThreads.Work.NONE, 1), Set.of()))
                .as("none could be seen before")
                .isFalse();
    }

    @Test
    void a_thread_that_is_ready_to_run_and_has_not_run_yet_is_waited_for() throws IOException {
        read(0);
        fake.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
        told.say(1, "R", 1, "100 0 1\n");
        assertThat(read(4096).settled()).as("it stays so until time is up").isFalse();
        told.say(1, "S", 1, "100 0 1\n");
        assertThat(read(4096).settled()).isTrue();
    }

    @Test
    void where_the_system_does_not_count_two_equal_readings_of_a_server_at_rest_are_enough() throws IOException {
        told.say(1, "S", 1, "0 0 0\n");
        assertThat(read(0).settled()).isTrue();
        fake.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
        assertThat(read(4096).settled()).as("it is asked each time").isTrue();
    }

    @Test
    void where_threads_cannot_be_seen_two_equal_readings_are_enough() throws IOException {
        told.say(1, "", "");
        assertThat(read(0).settled()).isTrue();
        fake.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
        assertThat(read(4096).settled()).isTrue();
    }
}
