package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedTrackerTests {

    @TempDir
    Path directory;

    @Test
    void when_its_thread_dies_it_says_so_and_leaves_its_clients() throws Exception {
        try (EmbeddedTracker tracker = EmbeddedTracker.start(directory.resolve("s"));
                TestClient client = new TestClient(tracker.socket(), Generation.G1)) {
            MemoryTracker.Mark moment = tracker.mark();
            tracker.service().selector().close();
            // Where its thread was just then decides whether it finds the selector closed, or a key of it.
            Throwable end = tracker.awaitEnd();
            assertThat(end).isInstanceOfAny(ClosedSelectorException.class, CancelledKeyException.class);
            assertThatThrownBy(() -> tracker.since(moment))
                    .isInstanceOf(TrackerException.class)
                    .hasMessage("the allocation server at " + tracker.socket() + " ended by itself: " + end
                            + "; what was sent since is lost. Close it and start another")
                    .hasCause(end);
            assertThat(tracker.isServing()).isFalse();
            assertThat(client.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            moment.close();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void clients_that_were_never_let_in_before_belong_to_a_snapshot() throws IOException {
        try (EmbeddedTracker tracker = EmbeddedTracker.start(directory.resolve("s"))) {
            for (int n = 1; n <= 500; n++) {
                try (TestClient client = new TestClient(tracker.socket(), Generation.G1)) {
                    client.send(Events.alloc(0, MemoryKind.DRAM, n, 1));
                    assertThat(tracker.snapshot().allocated(MemoryKind.DRAM)).isEqualTo(n);
                }
            }
        }
    }

    @Test
    void closing_ends_the_conversations() throws IOException {
        List<TestClient> clients = new ArrayList<>();
        try {
            try (EmbeddedTracker tracker = EmbeddedTracker.start(directory.resolve("s"))) {
                for (int n = 0; n < 10; n++) {
                    clients.add(new TestClient(tracker.socket(), Generation.G2));
                    clients.get(n).query(0);
                }
            }
            for (TestClient client : clients) {
                assertThat(client.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void while_no_client_can_be_let_in_nothing_is_known_and_afterwards_it_goes_on() throws Exception {
        Path socket = directory.resolve("s");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String limited = "ulimit -n 60; exec \"" + java + "\" -Xmx128m -cp \"" + System.getProperty("java.class.path")
                + "\" " + ChildProgram.class.getName() + " serve " + socket;
        List<TestClient> clients = new ArrayList<>();
        try (Child child = Child.run(directory.resolve("err").toFile(), List.of("sh", "-c", limited))) {
            assertThat(child.readLine()).isEqualTo("ready");
            try (TestClient client = new TestClient(socket, Generation.G1)) {
                // Classes are files here: the server must have loaded its own.
                client.send(Events.alloc(0, MemoryKind.DRAM, 0, 1), Events.query(0), Events.free(0, 1));
                client.answer();
            }
            child.writeLine("?");
            assertThat(child.readLine()).isEqualTo("allocated 1");
            for (int n = 0; n < 100; n++) {
                clients.add(new TestClient(socket, Generation.G1));
                clients.get(n).send(Events.alloc(0, MemoryKind.DRAM, n, 1));
            }
            child.writeLine("?");
            assertThat(child.readLine())
                    .startsWith("the allocation server at " + socket + " cannot let clients in: ")
                    .contains("Too many open files")
                    .contains("ulimit -n");
            for (TestClient client : clients) {
                client.close();
            }
            try (TestClient client = new TestClient(socket, Generation.G1)) {
                assertThat(client.query(0).dram()).isEqualTo(100);
            }
            child.writeLine("?");
            assertThat(child.readLine()).isEqualTo("allocated 100");
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void a_closed_mark_and_the_mark_of_another_tracker_are_refused() {
        try (EmbeddedTracker tracker = EmbeddedTracker.start(directory.resolve("s"));
                EmbeddedTracker other = EmbeddedTracker.start(directory.resolve("o"))) {
            MemoryTracker.Mark closed = tracker.mark();
            closed.close();
            closed.close();
            for (MemoryTracker.Mark refused : List.of(closed, other.mark())) {
                assertThatThrownBy(() -> tracker.since(refused))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(
                                "a mark can be compared only by the tracker that made it, and only until it is closed;"
                                        + " this one is not open at the embedded tracker, " + directory.resolve("s"));
                assertThat(tracker.freedSince(refused)).isEmpty();
            }
        }
    }

    @Test
    void a_mark_survives_its_server_for_reading_only() {
        EmbeddedTracker tracker = EmbeddedTracker.start(directory.resolve("s"));
        MemoryTracker.Mark mark = tracker.mark();
        tracker.close();
        assertThat(mark.totals().isZero()).isTrue();
        assertThatThrownBy(() -> tracker.since(mark)).isInstanceOf(TrackerException.class);
        mark.close();
    }

    @Test
    void without_its_socket_file_it_is_blind_and_says_so() throws IOException {
        EmbeddedTracker tracker = EmbeddedTracker.start(directory.resolve("s"));
        Files.delete(tracker.socket());
        assertThatThrownBy(tracker::mark)
                .isInstanceOf(TrackerException.class)
                .hasMessageContaining("its socket file was deleted or replaced by another program")
                .hasMessageContaining("End that program or set tt.memory.check.socket to another path");
        Files.writeString(tracker.socket(), "replaced");
        assertThatThrownBy(tracker::snapshot).isInstanceOf(TrackerException.class);
        tracker.close();
        assertThat(tracker.socket()).hasContent("replaced");
    }
}
