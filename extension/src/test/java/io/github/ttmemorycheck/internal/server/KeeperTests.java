package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.internal.attach.ServerTracker;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a server whose JVM ends, with real processes. */
@Timeout(90)
class KeeperTests {

    /** A native client: nobody catches a signal for it. It allocates 4 KiB for each line that it is given. */
    private static final String NATIVE_CLIENT = """
            import os, signal, socket, struct, sys
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            peer = socket.socket(socket.AF_UNIX)
            peer.connect(sys.argv[1])
            print("connected", flush=True)
            address = 4096
            for line in sys.stdin:
                peer.sendall(struct.pack("<B3xiQB3xiQQ32x", 1, 0, 4096, 0, os.getpid(), address, 0))
                print("sent", flush=True)
                address += 4096
            """;

    @TempDir
    Path directory;

    private Path socket() throws IOException {
        return Files.createDirectories(directory.resolve("run")).resolve("s");
    }

    private Child serve(String... options) throws IOException {
        Child serving = Child.java(errors(), List.of(options), ServingProgram.class, socket().toString());
        assertThat(serving.readLine()).isEqualTo("serving");
        return serving;
    }

    private Path errors() {
        return directory.resolve("errors");
    }

    private Child nativeClient() throws IOException {
        Child client =
                Python.run(directory.resolve("client-errors").toFile(), NATIVE_CLIENT, "native", socket().toString());
        assertThat(client.readLine()).isEqualTo("connected");
        return client;
    }

    private static void allocate(Child client) throws IOException {
        client.writeLine("");
        assertThat(client.readLine()).isEqualTo("sent");
    }

    private static void end(Child serving, String last) throws Exception {
        serving.writeLine(last);
        assertThat(serving.exitCode()).isZero();
    }

    private static List<Integer> keepers(Path socket) {
        List<Integer> keepers = new ArrayList<>();
        ProcessHandle.allProcesses().forEach(process -> {
            String command = String.join(" ", process.info().arguments().orElse(new String[0]));
            if (command.contains(Keeper.class.getName() + " " + socket)) {
                keepers.add((int) process.pid());
            }
        });
        return keepers;
    }

    private void nothingIsLeft() throws IOException {
        Path socket = socket();
        Eventually.isTrue("the keeper ends", () -> keepers(socket).isEmpty());
        assertThat(socket.getParent()).isEmptyDirectory();
    }

    @Test
    void a_native_client_outlives_the_jvm_and_its_leak_is_seen_by_the_next() throws Exception {
        try (Child serving = serve("-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("tmp")));
                Child client = nativeClient();
                ServerTracker tracker = ServerTracker.attach(socket())) {
            MemoryTracker.Mark mark = tracker.mark();
            allocate(client);
            end(serving, "");
            allocate(client);
            assertThat(client.process().isAlive()).isTrue();

            SnapshotDiff diff = tracker.since(mark);
            assertThat(diff.left()).extracting(DeviceBuffer::address).containsExactly(4096L, 8192L);
            assertThat(diff.left()).extracting(DeviceBuffer::processId).containsOnly(client.pid());
            List<Integer> keepers = keepers(socket());
            assertThat(keepers).hasSize(1);
            assertThat(tracker.description())
                    .contains("AllocationServer of pid " + keepers.get(0) + " (java " + Keeper.class.getName());
            client.process().getOutputStream().close();
            assertThat(client.exitCode()).isZero();
            assertThat(tracker.since(mark).left()).isEmpty();
            assertThat(tracker.since(mark).ended()).hasSize(1);
        }
        nothingIsLeft();
        assertThat(logs()).isEmpty();
    }

    @Test
    void who_comes_later_is_served_and_the_last_one_ends_it() throws Exception {
        try (Child serving = serve();
                Child client = nativeClient()) {
            end(serving, "");
            try (ServerTracker tracker = ServerTracker.attach(socket());
                    Child another = nativeClient()) {
                MemoryTracker.Mark mark = tracker.mark();
                allocate(another);
                allocate(client);
                assertThat(tracker.since(mark).left()).hasSize(2);
            }
            assertThat(ServerTracker.isListening(socket())).isTrue();
            allocate(client);
        }
        nothingIsLeft();
    }

    @Test
    void without_other_processes_it_ends_with_its_jvm() throws Exception {
        try (Child serving = serve()) {
            ServerTracker.attach(socket()).close();
            end(serving, "");
            assertThat(socket().getParent()).isEmptyDirectory();
        }
        assertThat(errors()).isEmptyFile();
    }

    @Test
    void a_server_that_its_user_closes_is_closed() throws Exception {
        try (Child serving = serve();
                ServerTracker tracker = ServerTracker.attach(socket())) {
            MemoryTracker.Mark mark = tracker.mark();
            end(serving, "c");
            assertThat(keepers(socket())).isEmpty();
            assertThatThrownBy(() -> tracker.since(mark))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining("the allocation server has gone");
        }
    }

    @Test
    void what_cannot_be_handed_over_is_said_and_ends_as_if_nobody_used_it() throws Exception {
        try (Child serving = serve("-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("tmp")));
                ServerTracker tracker = ServerTracker.attach(socket())) {
            MemoryTracker.Mark mark = tracker.mark();
            try (var files = Files.list(directory.resolve("tmp"))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory.resolve("tmp"));
            end(serving, "");
            assertThat(errors())
                    .content()
                    .contains("ends with its JVM although others are connected (pid "
                            + ProcessHandle.current().pid() + "), since it could not be handed over");
            assertThatThrownBy(() -> tracker.since(mark)).isInstanceOf(TrackerException.class);
        }
        nothingIsLeft();
    }

    private List<Path> logs() throws IOException {
        try (var files = Files.list(directory.resolve("tmp"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".log"))
                    .toList();
        }
    }

    private boolean isSaid(String text) {
        try {
            List<Path> logs = logs();
            return !logs.isEmpty() && Files.readString(logs.get(0)).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_it_has_to_say_is_in_a_log_that_its_jvm_names() throws Exception {
        try (Child serving = serve(
                        "-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("tmp")),
                        "-Dorg.slf4j.simpleLogger.log.io.github.ttmemorycheck.tracker=info");
                ServerTracker tracker = ServerTracker.attach(socket())) {
            MemoryTracker.Mark mark = tracker.mark();
            end(serving, "");
            assertThat(tracker.since(mark).left()).isEmpty();
            assertThat(logs()).as("nothing is said yet").isEmpty();

            try (TestClient client = new TestClient(socket(), Generation.G4)) {
                byte[] nonsense = new byte[Generation.G4.length()];
                Arrays.fill(nonsense, (byte) 0x7f);
                client.send(nonsense);
                Eventually.isTrue("it says what it cannot read", () -> isSaid("a message could not be read"));
            }
            Path log = logs().get(0);
            assertThat(errors()).content().contains("; what it has to say it writes to " + log);
            ProcessHandle.of(keepers(socket()).get(0)).orElseThrow().destroy();
            nothingIsLeft();
            assertThat(log)
                    .content()
                    .contains("was told to end although others are connected (pid "
                            + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void a_keeper_that_is_told_to_end_removes_the_socket() throws Exception {
        try (Child serving = serve("-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("tmp")));
                ServerTracker tracker = ServerTracker.attach(socket())) {
            MemoryTracker.Mark mark = tracker.mark();
            end(serving, "");
            int keeper = keepers(socket()).get(0);
            tracker.since(mark);
            ProcessHandle.of(keeper).orElseThrow().destroy();
            nothingIsLeft();
            assertThatThrownBy(() -> tracker.since(mark))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining("pid " + keeper);
        }
    }
}
