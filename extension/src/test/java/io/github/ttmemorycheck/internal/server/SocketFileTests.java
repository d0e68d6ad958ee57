package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.TrackerException;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SocketFileTests {

    private static final String OTHER_PATH = "choose another path";

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = directory.resolve("s");
    }

    @AfterEach
    void nothingElseIsLeft() throws IOException {
        assertThat(names()).isSubsetOf("s", "err", "target");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static SocketFile publish(Path path) throws IOException {
        return SocketFile.publish(SocketPath.of(path, OTHER_PATH));
    }

    private static void leaveStale(Path path) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
        }
    }

    @Test
    void is_accessible_to_its_user_only_and_has_no_other_file_beside_it_than_its_hidden_name() throws IOException {
        try (SocketFile file = publish(path)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            assertThat(SocketPath.isSocket(path)).isTrue();
            assertThat(names()).hasSize(2).contains("s");
            for (String name : names()) {
                assertThat(SocketPath.identity(directory.resolve(name))).isEqualTo(SocketPath.identity(path));
            }
            assertThat(file.isOurs()).isTrue();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void both_names_of_a_server_that_was_killed_are_removed() throws IOException {
        leaveStale(path);
        Files.createLink(directory.resolve(".b"), path);
        Files.createFile(directory.resolve(".other"));

        publish(path).close();

        assertThat(names()).containsExactly(".other");
        Files.delete(directory.resolve(".other"));
    }

    @Test
    void takes_a_stale_socket_over() throws IOException {
        leaveStale(path);
        Object stale = SocketPath.identity(path);
        try (SocketFile file = publish(path)) {
            assertThat(SocketPath.identity(path)).isNotEqualTo(stale);
            assertThat(file.isOurs()).isTrue();
        }
    }

    @Test
    void leaves_a_stale_socket_of_another_user_alone_and_names_both() throws IOException {
        leaveStale(path);
        Object stale = SocketPath.identity(path);
        String name = Files.getOwner(path).getName().equals("root") ? "nobody" : "root";
        UserPrincipal other =
                path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
        assertThatThrownBy(() -> StaleSocket.remove(SocketPath.of(path, OTHER_PATH), other))
                .isInstanceOf(TrackerException.class)
                .hasMessage("the allocation server cannot listen at " + path + ": there is a stale socket of user "
                        + Files.getOwner(path).getName() + ", and this is user " + name + "; have it removed or choose"
                        + " another path");
        assertThat(SocketPath.identity(path)).isEqualTo(stale);
    }

    @Test
    void a_lock_left_by_a_process_that_was_killed_is_taken_over() throws IOException {
        leaveStale(path);
        Files.writeString(directory.resolve("s.lock"), "tt-memory-check 1234");
        publish(path).close();
        assertThat(names()).isEmpty();
    }

    @Test
    void a_file_that_only_has_the_name_of_the_lock_is_left_alone() throws IOException {
        leaveStale(path);
        Path file = Files.writeString(directory.resolve("s.lock"), "somebody's notes");
        assertThatThrownBy(() -> publish(path))
                .hasMessage("the allocation server cannot listen at " + path + ": " + file
                        + " is needed as a lock, and something else is in it; move it away");
        assertThat(file).hasContent("somebody's notes");
        Files.delete(file);
    }

    @Test
    void a_link_with_the_name_of_the_lock_is_not_followed() throws IOException {
        leaveStale(path);
        Path target = Files.createFile(directory.resolve("target"));
        Path link = Files.createSymbolicLink(directory.resolve("s.lock"), target);
        assertThatThrownBy(() -> publish(path)).hasMessageContaining("; remove " + link);
        assertThat(target).isEmptyFile();
        Files.delete(link);
    }

    @Test
    void leaves_a_regular_file_alone() throws IOException {
        Files.writeString(path, "precious");
        assertThatThrownBy(() -> publish(path))
                .hasMessage("the allocation server cannot listen at " + path + ": there is a regular file, and only a"
                        + " stale socket is ever replaced; remove it or choose another path");
        assertThat(path).hasContent("precious");
    }

    @Test
    void leaves_a_symbolic_link_alone_even_to_a_stale_socket() throws IOException {
        Path target = directory.resolve("target");
        leaveStale(target);
        Files.createSymbolicLink(path, target);
        assertThatThrownBy(() -> publish(path)).hasMessageContaining(": there is a symbolic link, and ");
        assertThat(Files.readSymbolicLink(path)).isEqualTo(target);
        assertThat(Files.exists(target, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void leaves_a_directory_alone() throws IOException {
        Files.createDirectory(path);
        assertThatThrownBy(() -> publish(path)).hasMessageContaining(": there is a directory, and ");
        assertThat(path).isDirectory();
    }

    @Test
    void refuses_a_path_that_is_too_long_and_takes_the_longest() throws IOException {
        int room = SocketPath.LONGEST - directory.toString().length() - 1;
        Path longest = directory.resolve("x".repeat(room));
        publish(longest).close();
        Path tooLong = directory.resolve("x".repeat(room + 1));
        assertThatThrownBy(() -> publish(tooLong))
                .hasMessage("the allocation server cannot listen at " + tooLong
                        + ": a socket's path has 106 bytes at most, and this one has 107; choose a shorter one");
    }

    @Test
    void refuses_a_directory_that_is_not_there() {
        Path nowhere = directory.resolve("none").resolve("s");
        assertThatThrownBy(() -> publish(nowhere))
                .hasMessage("the allocation server cannot listen at " + nowhere + ": its directory must exist, and "
                        + nowhere.getParent() + " does not; create it first");
        assertThatThrownBy(() -> publish(Path.of("/"))).hasMessageContaining("needs a name in a directory");
    }

    @Test
    void never_deletes_what_replaced_it() throws IOException {
        SocketFile file = publish(path);
        Files.delete(path);
        Files.writeString(path, "new");
        assertThat(file.isOurs()).isFalse();
        file.close();
        assertThat(path).hasContent("new");
    }

    @Test
    void refuses_where_another_process_serves_and_names_it() throws IOException {
        try (Child other =
                Child.java(directory.resolve("err"), List.of(), AllocationServer.class, "--socket", path.toString())) {
            assertThat(other.readLine()).isEqualTo("listening at " + path);
            assertThatThrownBy(() -> publish(path))
                    .hasMessageStartingWith("the allocation server cannot listen at " + path
                            + ": another server listens there (pid " + other.pid() + " ")
                    .hasMessageEndingWith(
                            "); stop it, use it with tt.memory.check.tracker=server, or choose" + " another path");
            try (TestClient client = new TestClient(path, Generation.G2)) {
                assertThat(client.query(0).dram()).isZero();
            }
        }
        assertThat(names()).as("it was killed").contains("s");
        publish(path).close();
    }

    @Test
    void refuses_where_a_server_listens_whose_queue_is_full() throws IOException {
        try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            busy.bind(UnixDomainSocketAddress.of(path), 1);
            // One more than the queue's length is what the kernel takes.
            try (TestClient first = new TestClient(path, Generation.G1);
                    TestClient second = new TestClient(path, Generation.G1)) {
                assertThatThrownBy(() -> publish(path))
                        .hasMessageContaining("another server listens there (it does not answer: ");
                assertThat(first.channel().isConnected())
                        .isEqualTo(second.channel().isConnected());
            }
        }
        assertThat(SocketPath.isSocket(path)).isTrue();
    }

    @Test
    void of_processes_that_race_for_a_stale_socket_one_wins() throws Exception {
        List<Child> racers = new ArrayList<>();
        try {
            for (int n = 0; n < 4; n++) {
                racers.add(
                        Child.java(directory.resolve("err"), List.of(), ChildProgram.class, "race", path.toString()));
            }
            for (Child racer : racers) {
                assertThat(racer.readLine()).isEqualTo("ready");
            }
            for (int round = 0; round < 30; round++) {
                leaveStale(path);
                race(racers);
                for (Child racer : racers) {
                    racer.writeLine("end");
                }
                Eventually.isTrue("the winner has ended", () -> Files.notExists(path, LinkOption.NOFOLLOW_LINKS));
            }
        } finally {
            for (Child racer : racers) {
                racer.close();
            }
        }
    }

    private void race(List<Child> racers) throws IOException {
        // The clock is the machine's: all start at the same moment.
        long start = System.nanoTime() + 5_000_000;
        for (Child racer : racers) {
            racer.writeLine(start + " " + path);
        }
        List<String> results = new ArrayList<>();
        for (Child racer : racers) {
            results.add(racer.readLine());
        }
        assertThat(results).filteredOn(("won at " + path)::equals).hasSize(1);
        assertThat(results)
                .filteredOn(result -> result.startsWith("lost: "))
                .hasSize(racers.size() - 1)
                .allMatch(result -> result.contains("another server listens there ("));
        try (TestClient client = new TestClient(path, Generation.G1)) {
            assertThat(client.query(0).dram()).isZero();
        }
    }
}
