package io.github.ttmemorycheck.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.client.AllocationClient;
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
            client.allocate(1, MemoryKind.L1, 0x2000, 64);
            client.free(0, 0x1000);
            client.free(0, 0x9999);
            assertThat(server.snapshot().buffers())
                    .extracting(DeviceBuffer::address)
                    .containsExactly(0x2000L);
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
}
