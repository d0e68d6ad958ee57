package io.github.ttmemorycheck.internal.server;

import static io.github.ttmemorycheck.internal.server.Events.alloc;
import static io.github.ttmemorycheck.internal.server.Events.query;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.internal.wire.ResponseReader;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ConversationTests {

    private static final int CLIENTS_AT_ONCE = 8;

    @TempDir
    Path directory;

    private EmbeddedTracker server;

    @BeforeEach
    void start() {
        server = EmbeddedTracker.start(directory.resolve("s"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestClient client(Generation generation) throws IOException {
        return new TestClient(server.socket(), generation);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void answers_each_generation_in_its_own_length_and_nothing_more(Generation generation) throws IOException {
        try (TestClient client = client(generation)) {
            assertThat(client.query(3).dram()).isZero();
            client.send(alloc(3, DRAM, 1, 100));
            assertThat(client.query(3).dram()).isEqualTo(100);
            assertThat(client.query(4).dram()).isZero();
            assertThat(client.available(1)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void answers_joined_questions_each_at_its_place(Generation generation) throws IOException {
        try (TestClient client = client(generation)) {
            client.send(
                    alloc(0, DRAM, 1, 100), query(0), alloc(0, DRAM, 2, 11), query(0), alloc(0, DRAM, 3, 1), query(0));
            assertThat(client.answer().dram()).isEqualTo(100);
            assertThat(client.answer().dram()).isEqualTo(111);
            assertThat(client.answer().dram()).isEqualTo(112);
        }
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void a_question_may_be_cut_at_every_byte(Generation generation) throws Exception {
        // Several clients at once: the server waits for each a while, since more of its question may follow.
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS_AT_ONCE);
        try {
            List<Future<Boolean>> answered = new ArrayList<>();
            for (int cut = 1; cut < generation.length(); cut++) {
                int at = cut;
                answered.add(clients.submit(() -> cutInTime(generation, at)));
            }
            for (int i = 0; i < answered.size(); i++) {
                assertThat(answered.get(i).get(60, TimeUnit.SECONDS))
                        .as("cut at %d", i + 1)
                        .isTrue();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** Sends a question in two parts; tries again where the machine kept the second part back for too long. */
    private boolean cutInTime(Generation generation, int cut) throws IOException {
        for (int attempt = 0; attempt < 20; attempt++) {
            // A client of its own each time: nothing is known of its generation when the first part comes.
            try (TestClient client = client(generation)) {
                byte[] bytes = client.bytes(query(cut));
                long before = System.nanoTime();
                client.send(bytes, 0, cut);
                Eventually.pause(Duration.ofMillis(cut == 72 || cut == 112 || cut == 128 ? 10 : 2));
                client.send(bytes, cut, bytes.length);
                if (System.nanoTime() - before < Connection.PATIENCE_NANOS / 2) {
                    assertThat(client.answer().device()).as("cut at %d", cut).isEqualTo(cut);
                    assertThat(client.available(1)).isZero();
                    return true;
                }
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource({"G2,1", "G3,1", "G4,1", "G1,0"})
    void describes_devices_as_far_as_it_knows(Generation generation, int known) throws IOException {
        try (TestClient client = client(Generation.G4)) {
            client.send(alloc(5, DRAM, 1, 1));
        }
        server.snapshot();
        if (known == 0) {
            // 72 bytes cannot hold such an answer: the first generation that has one gives it.
            try (TestClient client = client(Generation.G2)) {
                client.send(client.bytes(info(5)), 0, 72);
                assertThat(ResponseReader.deviceInfo(client.receive(112), Generation.G2)
                                .available())
                        .as("its sizes are not known")
                        .isFalse();
            }
            return;
        }
        try (TestClient client = client(generation)) {
            client.send(info(5));
            assertThat(ResponseReader.deviceInfo(client.receive(generation.length()), generation)
                            .available())
                    .isFalse();
            client.send(info(-1));
            assertThat(ResponseReader.deviceInfo(client.receive(generation.length()), generation)
                            .devices())
                    .as("0 to 5")
                    .isEqualTo(6);
        }
    }

    private static ClientMessage info(int device) {
        return ClientMessage.request(MessageType.DEVICE_INFO_QUERY, device);
    }

    @Test
    void an_answer_holds_what_other_clients_had_sent_before() throws IOException {
        try (TestClient first = client(Generation.G1);
                TestClient second = client(Generation.G4)) {
            for (int n = 1; n <= 2_000; n++) {
                first.send(alloc(0, DRAM, n, 1));
                assertThat(second.query(0).dram()).isEqualTo(n);
            }
        }
    }

    @Test
    void a_client_that_asks_and_leaves_before_the_answer_harms_nothing() throws IOException {
        for (int n = 1; n <= 1_000; n++) {
            try (TestClient client = client(n % 2 == 0 ? Generation.G1 : Generation.G2)) {
                client.send(query(0), alloc(0, DRAM, n, 1), query(0), alloc(0, DRAM, -n, 1));
            }
        }
        assertThat(server.snapshot().allocated(DRAM)).isEqualTo(2_000);
        Eventually.isTrue("all connections are gone", () -> server.counts().connections() == 0);
        try (TestClient client = client(Generation.G2)) {
            assertThat(client.query(0).dram()).isEqualTo(2_000);
        }
    }

    @Test
    void a_client_that_asks_and_closes_its_side_only_gets_the_answer() throws IOException {
        try (TestClient client = client(Generation.G2)) {
            client.send(alloc(0, DRAM, 1, 9), query(0));
            client.channel().shutdownOutput();
            assertThat(client.answer().dram()).isEqualTo(9);
            assertThat(client.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void a_client_that_asks_and_never_reads_is_dropped_and_others_are_served() throws IOException {
        try (TestClient deaf = client(Generation.G4);
                TestClient other = client(Generation.G1)) {
            deaf.send(alloc(0, DRAM, 1, 9), query(0));
            byte[] questions = deaf.bytes(query(0), query(1), query(2), query(3));
            assertThatThrownBy(() -> {
                        for (int n = 0; n < 100_000; n++) {
                            deaf.send(questions);
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(other.query(0).dram()).isEqualTo(9);
            assertThat(server.counts().connections()).isEqualTo(1);
        }
    }

    @Test
    void silent_clients_hold_nobody_up() throws IOException {
        List<TestClient> silent = new ArrayList<>();
        try {
            for (int n = 0; n < 100; n++) {
                silent.add(client(Generation.G1));
                silent.get(n).send(silent.get(n).bytes(query(0)), 0, n % 10 == 0 ? 71 - n % 72 : 0);
            }
            try (TestClient client = client(Generation.G2)) {
                client.send(alloc(0, DRAM, 1, 9));
                assertThat(client.query(0).dram()).isEqualTo(9);
                assertThat(server.snapshot().allocated(DRAM)).isEqualTo(9);
            }
            assertThat(server.counts().connections()).isBetween(100, 101);
        } finally {
            for (TestClient client : silent) {
                client.close();
            }
        }
    }

    @Test
    void malformed_messages_are_counted_and_change_nothing() throws IOException {
        try (TestClient client = client(Generation.G1)) {
            byte[] wrongKind = client.bytes(alloc(0, DRAM, 1, 9));
            wrongKind[16] = 9;
            client.send(wrongKind);
            client.send(alloc(0, DRAM, 2, 5));
            client.send(wrongKind);
            assertThat(client.query(0).dram()).isEqualTo(5);
            assertThat(server.counts().malformedMessages()).isEqualTo(2);
        }
    }

    @Test
    void a_stream_of_anything_else_is_heard_out_and_nothing_is_measured_meanwhile() throws IOException {
        try (TestClient client = client(Generation.G1);
                TestClient other = client(Generation.G1)) {
            other.send(alloc(0, DRAM, 2, 5));
            byte[] request = "GET / HTTP/1.1\r\n".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            try (var before = server.mark()) {
                client.send(request);
                assertThat(other.query(0).dram()).isEqualTo(5);
                assertThat(server.counts().malformedMessages()).isEqualTo(1);
                assertThatThrownBy(() -> server.since(before))
                        .isInstanceOf(TrackerException.class)
                        .hasMessageContaining("was not understood");
            }
            try (var after = server.mark()) {
                assertThat(server.since(after).isClean())
                        .as("nothing has come since")
                        .isTrue();
                client.send("more".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                assertThatThrownBy(() -> server.since(after)).isInstanceOf(TrackerException.class);
            }
        }
    }

    @Test
    void a_snapshot_of_an_interrupted_thread_is_right_and_leaves_the_server_working() throws IOException {
        try (TestClient client = client(Generation.G2)) {
            client.send(alloc(0, DRAM, 2, 5));
            Thread.currentThread().interrupt();
            long allocated = server.snapshot().allocated(DRAM);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(allocated).isEqualTo(5);
            assertThat(client.query(0).dram()).isEqualTo(5);
        }
    }
}
