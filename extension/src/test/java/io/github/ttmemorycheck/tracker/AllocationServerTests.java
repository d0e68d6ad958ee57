package io.github.ttmemorycheck.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AllocationServerTests {

    @TempDir
    Path directory;

    private AllocationServer server;

    @BeforeEach
    void start() {
        server = AllocationServer.start(directory.resolve("s"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tracks_what_a_client_reports() throws IOException {
        try (AllocationClient client = AllocationClient.connect(server.socket())) {
            client.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
            try (MemoryTracker.Mark mark = server.mark()) {
                client.allocate(1, MemoryKind.L1, 0x2000, 64);
                client.free(0, 0x1000);
                client.free(0, 0x9999);
                assertThat(server.since(mark).left())
                        .extracting(DeviceBuffer::address)
                        .containsExactly(0x2000L);
                assertThat(mark.order()).isEqualTo(1);
                assertThat(mark.totals().of(MemoryKind.DRAM)).isEqualTo(4096);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
        assertThat(server.snapshot().allocated(MemoryKind.L1)).isEqualTo(64);
        assertThat(server.events()).isEqualTo(4);
        assertThat(server.unknownFrees()).isEqualTo(1);
        assertThat(server.malformedMessages()).isZero();
        assertThat(server.connections()).isZero();
        StringBuilder dump = new StringBuilder();
        server.dump(dump);
        assertThat(dump).startsWith("Device memory held: 1 buffer on 1 device\n");
        assertThat(server).hasToString("embedded tracker, " + directory.resolve("s"));
        assertThat(server.knowsBuffers()).isTrue();
    }

    @Test
    void is_found_by_its_path_while_it_is_open() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        assertThat(AllocationServer.running(link.resolve("s"))).containsSame(server);
        assertThat(AllocationServer.running(directory.resolve("other"))).isEmpty();
        assertThat(AllocationServer.running(directory.resolve("none/other"))).isEmpty();
        server.close();
        assertThat(AllocationServer.running(directory.resolve("s"))).isEmpty();
    }

    @Test
    void is_not_started_twice_at_one_path() {
        Path path = directory.resolve("s");
        assertThatThrownBy(() -> AllocationServer.start(path.toString()))
                .isInstanceOf(TrackerException.class)
                .hasMessage("the allocation server cannot listen at " + path
                        + ": this JVM has one open there; use that (AllocationServer.running(path)), close it first, or"
                        + " choose another path");
        assertThat(server.snapshot().buffers()).isEmpty();
        server.close();
        AllocationServer.start(path).close();
    }

    @Test
    void of_many_threads_one_starts_it() throws Exception {
        Path path = directory.resolve("raced");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<AllocationServer>> starts = new ArrayList<>();
            for (int n = 0; n < 8; n++) {
                starts.add(threads.submit(() -> AllocationServer.start(path)));
            }
            List<AllocationServer> won = new ArrayList<>();
            for (Future<AllocationServer> start : starts) {
                try {
                    won.add(start.get());
                } catch (ExecutionException lost) {
                    assertThat(lost).hasCauseInstanceOf(TrackerException.class);
                }
            }
            won.forEach(AllocationServer::close);
            assertThat(won).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closing_removes_socket_and_thread_and_may_be_repeated() {
        assertThat(threads()).contains("tt-allocation-server");
        server.close();
        server.close();
        assertThat(directory).isEmptyDirectory();
        assertThat(threads()).doesNotContain("tt-allocation-server");
        assertThatThrownBy(server::snapshot)
                .isInstanceOf(TrackerException.class)
                .hasMessage("the allocation server at " + directory.resolve("s")
                        + " was closed; start another, and keep it open while tests run");
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    @Test
    void closing_while_interrupted_keeps_the_interrupt() {
        Thread.currentThread().interrupt();
        server.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_closed_mark_and_the_mark_of_another_server_are_refused() {
        MemoryTracker.Mark mark = server.mark();
        mark.close();
        mark.close();
        assertThatThrownBy(() -> server.since(mark))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the mark is not open at the server of " + directory.resolve("s"));
        try (AllocationServer other = AllocationServer.start(directory.resolve("o"));
                MemoryTracker.Mark foreign = other.mark()) {
            assertThatThrownBy(() -> server.since(foreign))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("only by the tracker that made it");
        }
    }

    @Test
    void a_mark_survives_its_server_for_reading_only() {
        MemoryTracker.Mark mark = server.mark();
        server.close();
        assertThat(mark.totals().isZero()).isTrue();
        assertThatThrownBy(() -> server.since(mark)).isInstanceOf(TrackerException.class);
        mark.close();
    }

    @Test
    void without_its_socket_file_it_is_blind_and_says_so() throws IOException {
        Files.delete(server.socket());
        assertThatThrownBy(server::mark)
                .isInstanceOf(TrackerException.class)
                .hasMessageContaining("its socket file was deleted or replaced by another program")
                .hasMessageContaining("tt.memory.check.socket");
        Files.writeString(server.socket(), "replaced");
        assertThatThrownBy(server::snapshot).isInstanceOf(TrackerException.class);
        server.close();
        assertThat(server.socket()).hasContent("replaced");
    }
}
