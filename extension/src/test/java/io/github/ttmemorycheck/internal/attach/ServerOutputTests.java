package io.github.ttmemorycheck.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Eventually;
import io.github.ttmemorycheck.internal.server.TestClient;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose output is read: those that are started, and those that write to a file. */
@Timeout(60)
class ServerOutputTests {

    private static final int SELF = (int) ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private Path socket() {
        return directory.resolve("s");
    }

    private String command() {
        return "exec " + ThirdPartyFake.shell(socket(), Generation.G2);
    }

    private static void allocate(TestClient client, int device, long id, long bytes) throws IOException {
        client.send(new ClientMessage(MessageType.ALLOC, device, bytes, 0, SELF, id, 1));
        client.query(0);
    }

    private static void free(TestClient client, int device, long id) throws IOException {
        client.send(new ClientMessage(MessageType.FREE, device, 0, 0, SELF, id, 0));
        client.query(0);
    }

    @Test
    void a_started_server_names_the_buffers_that_were_left() throws Exception {
        try (ServerTracker tracker = ServerTracker.start(command(), socket());
                TestClient client = new TestClient(socket(), Generation.G2)) {
            allocate(client, 0, 0x1000, 4096);
            try (MemoryTracker.Mark mark = tracker.mark()) {
                free(client, 0, 0x1000);
                allocate(client, 0, 0x2000, 4096);
                SnapshotDiff diff = tracker.since(mark);
                assertThat(diff.buffersKnown()).isTrue();
                assertThat(diff.left()).extracting(DeviceBuffer::address).containsExactly(0x2000L);
                assertThat(diff.released()).extracting(DeviceBuffer::address).containsExactly(0x1000L);
                assertThat(diff.left(0, io.github.ttmemorycheck.snapshot.MemoryKind.DRAM))
                        .isEqualTo(4096);
            }
            StringBuilder dump = new StringBuilder();
            tracker.dump(dump);
            assertThat(dump).contains("0x00002000", "pid " + SELF);
        }
    }

    @Test
    void more_than_ten_buffers_are_totals_alone() throws Exception {
        try (ServerTracker tracker = ServerTracker.start(command(), socket());
                TestClient client = new TestClient(socket(), Generation.G2);
                MemoryTracker.Mark mark = tracker.mark()) {
            for (int n = 1; n <= 11; n++) {
                allocate(client, 0, n, 1024);
            }
            allocate(client, 1, 0x5000, 2048);
            SnapshotDiff diff = tracker.since(mark);
            assertThat(diff.buffersKnown()).isFalse();
            assertThat(diff.leftTotals().of(io.github.ttmemorycheck.snapshot.MemoryKind.DRAM))
                    .isEqualTo(13 * 1024);
            assertThat(diff.left()).extracting(DeviceBuffer::address).containsExactly(0x5000L);
        }
    }

    /** What a fixture holds is the same after a test that for a while held too many beside it. */
    @Test
    void what_was_held_before_is_not_left_though_there_were_too_many_to_be_named_for_a_while() throws Exception {
        try (ServerTracker tracker = ServerTracker.start(command(), socket());
                TestClient client = new TestClient(socket(), Generation.G2)) {
            allocate(client, 0, 0x1000, 4096);
            try (MemoryTracker.Mark mark = tracker.mark()) {
                for (int n = 1; n <= 10; n++) {
                    allocate(client, 0, n, 1024);
                }
                assertThat(tracker.since(mark).leftTotals().sum()).isEqualTo(10 * 1024);
                for (int n = 1; n <= 10; n++) {
                    free(client, 0, n);
                }
                SnapshotDiff diff = tracker.since(mark);
                assertThat(diff.buffersKnown()).isTrue();
                assertThat(diff.left()).isEmpty();
                assertThat(diff.released()).isEmpty();
            }
        }
    }

    @Test
    void a_log_is_read_from_its_end_on() throws Exception {
        Path log = Files.writeString(directory.resolve("log"), "✓ No buffers remaining - perfect cleanup!\n");
        Process server = new ProcessBuilder("sh", "-c", command())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            Eventually.isTrue("it listens", () -> ServerTracker.isListening(socket()));
            try (ServerTracker tracker = ServerTracker.attach(socket(), log);
                    TestClient client = new TestClient(socket(), Generation.G2)) {
                allocate(client, 5, 0x7000, 4096);
                assertThat(tracker.snapshot().buffers())
                        .extracting(DeviceBuffer::address)
                        .containsExactly(0x7000L);
                assertThat(tracker.description()).endsWith(", its output read from " + log);
            }
        } finally {
            server.destroyForcibly().onExit().join();
        }
    }

    @Test
    void a_log_in_which_no_dump_appears_is_given_up_and_said() throws Exception {
        Path log = Files.createFile(directory.resolve("log"));
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, Generation.G2);
                ServerTracker tracker = ServerTracker.attach(fake.socket(), log)) {
            for (int n = 0; n < 3; n++) {
                assertThat(tracker.snapshot().buffersKnown()).isFalse();
            }
            assertThat(tracker.description()).endsWith(log + ", in which no dump appeared within 1 s");
        }
    }

    @Test
    void a_log_that_is_not_there_is_said() {
        Path log = directory.resolve("none/log");
        assertThat(catchThrowableOfType(TrackerException.class, () -> ServerTracker.attach(socket(), log)))
                .hasMessageContaining("cannot be read from " + log);
    }

    @Test
    void a_started_server_ends_with_its_tracker_and_what_it_started_too() throws Exception {
        Path pids = directory.resolve("pids");
        String note = " & echo $! >> '" + pids + "'; ";
        String nested = "sleep 100" + note + ThirdPartyFake.shell(socket(), Generation.G2) + note + "wait";
        try (ServerTracker tracker = ServerTracker.start(nested, socket())) {
            assertThat(tracker.snapshot().totals().isZero()).isTrue();
        }
        assertEnded(pids);
    }

    private static void assertEnded(Path pids) throws IOException {
        for (String pid : Files.readAllLines(pids)) {
            Eventually.isTrue(
                    pid + " has ended",
                    () -> ProcessHandle.of(Long.parseLong(pid))
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
    }

    /** Starts a server and waits. */
    static final class Starter {

        private Starter() {}

        public static void main(String[] arguments) throws IOException {
            ServerTracker.start(arguments[0], Path.of(arguments[1])).snapshot();
            new java.io.FileOutputStream(java.io.FileDescriptor.out).write('\n');
            System.in.read();
        }
    }

    @Test
    void a_started_server_may_clean_up_before_it_ends() throws Exception {
        String server = Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' " + AllocationServer.class.getName() + " --socket '"
                + socket() + "'";
        ServerTracker.start(server, socket()).close();
        assertThat(socket()).doesNotExist();
    }

    @Test
    void a_started_server_ends_when_its_jvm_is_killed() throws Exception {
        Path pids = directory.resolve("pids");
        try (Child jvm = Child.java(
                directory.resolve("errors"),
                List.of(),
                Starter.class,
                "echo $$ > '" + pids + "'; " + command(),
                socket().toString())) {
            assertThat(jvm.readLine()).isEmpty();
            jvm.kill();
        }
        assertEnded(pids);
    }

    @Test
    void a_server_that_ends_at_once_is_said_with_what_it_printed() {
        TrackerException ended = catchThrowableOfType(
                TrackerException.class, () -> ServerTracker.start("echo 'no device found'; exit 3", socket()));
        assertThat(ended.reason()).isEqualTo("the allocation server that was started has ended");
        assertThat(ended.found()).hasValue("exit code 3; it printed: no device found");
        assertThat(ended.asked().orElseThrow()).contains(socket().toString(), "waited at most 10 s", "exit 3");
    }

    @Test
    void a_server_that_never_listens_is_ended() {
        TrackerException silent = catchThrowableOfType(
                TrackerException.class,
                () -> ServerTracker.start("echo starting; sleep 100", socket(), Duration.ofMillis(500)));
        assertThat(silent.reason()).isEqualTo("the allocation server that was started does not listen");
        assertThat(silent.found()).hasValue("it printed: starting");
        assertThat(ProcessHandle.current()
                        .descendants()
                        .map(handle -> handle.info().commandLine().orElse("")))
                .noneMatch(line -> line.contains("sleep 100"));
    }
}
