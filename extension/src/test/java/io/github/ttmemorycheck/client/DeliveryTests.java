package io.github.ttmemorycheck.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.Printed;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeliveryTests {

    private final List<String> warnings = new ArrayList<>();
    private Path socket;

    @BeforeEach
    void path(@TempDir Path directory) {
        socket = directory.resolve("s");
    }

    @Test
    void nobody_listening_is_told_once_and_counted() {
        try (AllocationClient client = client().build()) {
            client.allocate(0, MemoryKind.DRAM, 1, 2);
            client.free(0, 1);
            client.requestDump();
            assertThat(client.undelivered()).isEqualTo(3);
        }
        assertThat(warnings).containsExactly(warning("No such file or directory"));
    }

    @Test
    void a_file_that_is_no_socket_is_told_and_left_alone() throws IOException {
        Files.writeString(socket, "mine");
        try (AllocationClient client = client().build()) {
            client.free(0, 1);
            assertThat(client.undelivered()).isEqualTo(1);
        }
        assertThat(warnings).containsExactly(warning("Connection refused"));
        assertThat(socket).hasContent("mine");
    }

    @Test
    void the_warning_goes_to_the_log_as_it_is() throws IOException {
        Path odd = socket.resolveSibling("%s{}");
        String logged = Printed.during(() -> {
            try (AllocationClient client = AllocationClient.connect(odd)) {
                client.free(0, 1);
                client.free(0, 1);
            }
        });
        assertThat(logged.lines())
                .singleElement()
                .asString()
                .contains("WARN", AllocationClient.class.getName())
                .contains("Device memory events do not reach a tracker at " + odd + ": No such file or directory.");
    }

    @Test
    void a_tracker_started_late_gets_what_comes_after() throws Exception {
        try (AllocationClient client = client().build()) {
            client.free(0, 1);
            try (CollectingPeer peer = new CollectingPeer(socket)) {
                client.free(0, 2);
                assertThat(addresses(peer.await(144))).containsExactly(2L);
            }
            assertThat(client.undelivered()).isEqualTo(1);
        }
    }

    @Test
    void a_tracker_started_again_at_the_same_path_gets_the_next_event() throws Exception {
        try (AllocationClient client = client().build()) {
            try (CollectingPeer first = new CollectingPeer(socket)) {
                client.free(0, 1);
                assertThat(addresses(first.await(144))).containsExactly(1L);
            }
            try (CollectingPeer second = new CollectingPeer(socket)) {
                client.free(0, 2);
                client.free(0, 3);
                assertThat(addresses(second.await(288))).containsExactly(2L, 3L);
            }
            assertThat(client.undelivered()).isZero();
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    void each_outage_is_told_once() throws Exception {
        try (AllocationClient client = client().build()) {
            for (int i = 0; i < 3; i++) {
                try (CollectingPeer peer = new CollectingPeer(socket)) {
                    client.free(0, 1);
                    assertThat(peer.await(144)).hasSize(144);
                }
                client.free(0, 2);
                client.free(0, 2);
            }
            assertThat(client.undelivered()).isEqualTo(6);
        }
        assertThat(warnings).hasSize(3).containsOnly(warning("No such file or directory"));
    }

    @Test
    void a_tracker_that_never_reads_is_given_up_within_the_limit() throws Exception {
        AtomicLong ticks = new AtomicLong();
        AllocationClient.Builder impatient = impatient();
        impatient.ticker = ticks::get;
        try (ServerSocketChannel deaf = listening(50);
                AllocationClient client = impatient.build()) {
            long longest = sendUntilUndelivered(client);
            assertThat(deaf.isOpen()).isTrue();
            assertThat(Duration.ofNanos(longest)).isBetween(Duration.ofMillis(390), Duration.ofSeconds(4));
            String text = warning("the server did not read for 400 ms, so the connection counts as broken");
            assertThat(warnings).containsExactly(text);

            // No event waits again before the pause is over.
            long start = System.nanoTime();
            ticks.addAndGet(Duration.ofSeconds(EventDelivery.PAUSE_SECONDS).toNanos() - 1);
            for (int i = 0; i < 1_000; i++) {
                client.free(0, 2);
            }
            assertThat(client.undelivered()).isEqualTo(1_001);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(400));

            // Then the next event connects anew, and has the new connection's buffer to fill.
            ticks.addAndGet(1);
            client.free(0, 3);
            assertThat(client.undelivered()).isEqualTo(1_001);
            assertThat(warnings).hasSize(1);
        }
    }

    @Test
    void a_tracker_that_never_accepts_is_given_up_within_the_limit() throws Exception {
        List<AllocationClient> clients = new ArrayList<>();
        try (ServerSocketChannel deaf = listening(1)) {
            long longest = 0;
            while (warnings.isEmpty() && clients.size() < 20) {
                AllocationClient client = impatient().build();
                clients.add(client);
                long start = System.nanoTime();
                client.free(0, 1);
                longest = Math.max(longest, System.nanoTime() - start);
            }
            assertThat(deaf.isOpen()).isTrue();
            assertThat(Duration.ofNanos(longest)).isBetween(Duration.ofMillis(390), Duration.ofSeconds(4));
            assertThat(warnings)
                    .containsExactly(warning(
                            "the server did not accept a connection for 400 ms, so the connection counts as broken"));
        } finally {
            clients.forEach(AllocationClient::close);
        }
    }

    @Test
    void events_of_eight_threads_arrive_whole_and_unmixed() throws Exception {
        int threads = 8;
        int each = 5_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (CollectingPeer peer = new CollectingPeer(socket);
                AllocationClient client = client().messageLength(112).build()) {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int device = i;
                senders.add(pool.submit(() -> {
                    go.await();
                    for (int n = 1; n <= each; n++) {
                        client.allocate(device, MemoryKind.DRAM, n, ((long) device << 32) + n);
                    }
                    return null;
                }));
            }
            go.countDown();
            for (Future<?> sender : senders) {
                sender.get(50, TimeUnit.SECONDS);
            }
            ByteBuffer all = ByteBuffer.wrap(peer.await(threads * each * 112)).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(all.capacity()).isEqualTo(threads * each * 112);
            assertThat(client.undelivered()).isZero();
            long[] last = new long[threads];
            for (int at = 0; at < all.capacity(); at += 112) {
                int device = all.getInt(at + 4);
                assertThat(all.getInt(at)).isEqualTo(1);
                assertThat(all.getLong(at + 24)).isEqualTo(++last[device]);
                assertThat(all.getLong(at + 8)).isEqualTo(((long) device << 32) + last[device]);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private AllocationClient.Builder client() {
        AllocationClient.Builder client = AllocationClient.builder().socket(socket);
        client.warnings = warnings::add;
        return client;
    }

    /** One whose writes wait for 400 ms. */
    private AllocationClient.Builder impatient() {
        AllocationClient.Builder client = client();
        client.patience = Duration.ofMillis(400);
        return client;
    }

    /** Sends until an event is counted as undelivered; returns how long the longest call took. */
    private static long sendUntilUndelivered(AllocationClient client) {
        long longest = 0;
        for (int i = 0; i < 1_000_000 && client.undelivered() == 0; i++) {
            long start = System.nanoTime();
            client.free(0, 1);
            longest = Math.max(longest, System.nanoTime() - start);
        }
        return longest;
    }

    private ServerSocketChannel listening(int backlog) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), backlog);
        return server;
    }

    private String warning(String cause) {
        return "Device memory events do not reach a tracker at " + socket + ": " + cause
                + ". Start the tracker first: annotate the test class with @TtMemoryCheck, or run AllocationServer;"
                + " or name the socket of the one that runs in tt.memory.check.socket."
                + " Until it can be reached, events are only counted.";
    }

    private static List<Long> addresses(byte[] messages) {
        ByteBuffer in = ByteBuffer.wrap(messages).order(ByteOrder.LITTLE_ENDIAN);
        List<Long> all = new ArrayList<>();
        for (int at = 0; at < in.capacity(); at += 144) {
            all.add(in.getLong(at + 24));
        }
        return all;
    }
}
