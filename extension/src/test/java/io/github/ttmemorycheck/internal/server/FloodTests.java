package io.github.ttmemorycheck.internal.server;

import static io.github.ttmemorycheck.internal.server.Events.alloc;
import static io.github.ttmemorycheck.internal.server.Events.free;
import static io.github.ttmemorycheck.internal.server.Events.query;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that never stop, and limits that are reached: questions end, and say so where they could not be answered. */
@Timeout(120)
class FloodTests {

    @TempDir
    Path directory;

    private interface Sending {

        void once(TestClient client) throws IOException;
    }

    /** Runs something while clients send without end. */
    private void flooded(Path socket, List<Sending> senders, Runnable meanwhile) {
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Sending sending : senders) {
            running.add(CompletableFuture.runAsync(
                    () -> {
                        while (!ended.get()) {
                            try (TestClient client = new TestClient(socket, Generation.G4)) {
                                for (int i = 0; i < 10_000 && !ended.get(); i++) {
                                    sending.once(client);
                                }
                            } catch (IOException refused) {
                                // The next one is let in.
                            }
                        }
                    },
                    threads));
        }
        try {
            meanwhile.run();
        } finally {
            ended.set(true);
            running.forEach(CompletableFuture::join);
            threads.shutdown();
        }
    }

    @Test
    void marks_and_diffs_are_right_while_clients_send_ask_and_reconnect_without_end() {
        ClientMessage[] pairs = new ClientMessage[200];
        for (int i = 0; i < pairs.length; i += 2) {
            pairs[i] = alloc(9, DRAM, 0x9000, 64);
            pairs[i + 1] = free(9, 0x9000);
        }
        List<Sending> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            senders.add(client -> client.send(pairs));
        }
        senders.add(client -> client.query(9));
        senders.add(client -> {
            client.send(query(9));
            throw new IOException("gone without its answer");
        });
        try (EmbeddedTracker tracker = EmbeddedTracker.start(directory.resolve("s"))) {
            flooded(tracker.socket(), senders, () -> {
                for (int n = 0; n < 8; n++) {
                    try (MemoryTracker.Mark mark = tracker.mark();
                            TestClient client = new TestClient(tracker.socket(), Generation.G2)) {
                        client.send(alloc(1, DRAM, 0x1000, n + 1));
                        assertThat(tracker.since(mark).left(1, DRAM)).isEqualTo(n + 1);
                        client.send(free(1, 0x1000));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }
            });
        }
    }

    @Test
    void what_goes_beyond_a_limit_is_not_booked_and_not_measured_and_a_later_mark_can_be() {
        EventBook book = new EventBook(ProcFiles.ofThisSystem(), mark -> {}, new Limits(3, 10));
        Sender sender = Objects.requireNonNull(book.connected(Events.SELF, Events.SELF));
        ServerMark mark = book.mark(1);
        for (int i = 0; i < 5; i++) {
            book.enter(alloc(0, DRAM, i, 10), sender, 1);
        }

        assertThat(book.snapshot().buffers()).hasSize(3);
        TrackerException blind = book.blindness().since(mark.blindBefore(), "s");
        assertThat(blind)
                .hasMessageContaining(
                        "the limit of 3 live buffers is reached, and what pid " + Events.SELF + " sends is not booked");
        assertThat(book.blindness().since(book.mark(2).blindBefore(), "s")).isNull();
        assertThat(book.notices().take()).as("logged once").hasSize(1);
    }

    @Test
    void processes_are_limited() {
        EventBook book = new EventBook(ProcFiles.ofThisSystem(), mark -> {}, new Limits(100, 10));
        ServerMark mark = book.mark(1);
        for (int number = 1; number <= 300; number++) {
            Sender sender = book.connected(Events.SELF, -number);
            if (sender != null) {
                book.enter(alloc(0, DRAM, number, 10), sender, 1);
            }
        }

        assertThat(book.snapshot().buffers()).hasSize(10);
        assertThat(book.connected(Events.SELF, -10)).as("one that is known").isNotNull();
        assertThat(book.blindness().since(mark.blindBefore(), "s"))
                .hasMessageContaining(
                        "the limit of 10 processes is reached, and what pid " + Events.SELF + " sends is not booked");
        assertThat(book.notices().take()).as("logged once").hasSize(1);
    }

    @Test
    void reasons_without_end_do_not_fill_the_log() {
        EventBook book = new EventBook(ProcFiles.ofThisSystem(), mark -> {}, new Limits(100, 10));
        for (int i = 0; i < 1_000; i++) {
            book.blindness().note("reason " + i, "end it");
        }

        assertThat(book.notices().take()).hasSize(100);
        assertThat(book.blindness().since(999, "s")).hasMessageContaining("reason 999");
    }

    @Test
    void devices_are_limited() {
        EventBook book = new EventBook(ProcFiles.ofThisSystem(), mark -> {});
        Sender sender = Objects.requireNonNull(book.connected(Events.SELF, Events.SELF));
        for (int device = 0; device < Limits.DEVICES + 100; device++) {
            book.enter(alloc(device, DRAM, 1, 1), sender, 1);
        }

        assertThat(book.registry().totals().devices()).isEqualTo(Limits.DEVICES);
    }

    @Test
    void an_unknown_kind_of_buffer_makes_what_ran_meanwhile_unmeasured() throws IOException {
        try (EmbeddedTracker tracker = EmbeddedTracker.start(directory.resolve("s"));
                TestClient client = new TestClient(tracker.socket(), Generation.G1);
                MemoryTracker.Mark mark = tracker.mark()) {
            byte[] unknown = client.bytes(alloc(0, DRAM, 1, 200L << 20));
            unknown[16] = 9;
            client.send(unknown);

            assertThatThrownBy(() -> tracker.since(mark))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining("was not understood");
        }
    }

    @Test
    void a_generation_that_is_longer_and_uses_other_bytes_is_never_clean() throws IOException {
        try (EmbeddedTracker tracker = EmbeddedTracker.start(directory.resolve("s"));
                TestClient client = new TestClient(tracker.socket(), Generation.G1);
                MemoryTracker.Mark mark = tracker.mark()) {
            byte[] message = Arrays.copyOf(client.bytes(alloc(0, DRAM, 1, 200L << 20)), 200);
            Arrays.fill(message, 160, 176, (byte) 7);
            for (int i = 0; i < 5; i++) {
                client.send(message);
            }

            assertThatThrownBy(() -> tracker.since(mark))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining("was not understood");
            client.send(message);
        }
    }
}
