package io.github.ttmemorycheck.internal.server;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.socket.DescriptorSocket;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.PeerProtocol;
import io.github.ttmemorycheck.internal.wire.PeerProtocol.Operation;
import io.github.ttmemorycheck.internal.wire.SnapshotCodec;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is handed over, real sockets and all, though to another one in the same JVM. */
@Timeout(120)
class HandoverTests {

    private static final int ORDERS = 100;
    private static final int STEPS = 60;
    private static final List<Generation> GENERATIONS = List.of(Generation.values());

    @TempDir
    Path directory;

    /** Those that were handed over: what they had open must not be closed by the garbage collector meanwhile. */
    private final List<AllocationService> before = new ArrayList<>();

    private AllocationService serving;

    @BeforeEach
    void start() throws IOException {
        serving = AllocationService.start(SocketPath.of(directory.resolve("s"), "name another"));
    }

    @AfterEach
    void close() {
        serving.close();
        assertThat(directory).isEmptyDirectory();
        before.clear();
    }

    private void handOver() throws Exception {
        try (DescriptorSocket.Meeting meeting = new DescriptorSocket.Meeting()) {
            CompletableFuture<AllocationService> next = CompletableFuture.supplyAsync(() -> {
                try {
                    return Keeper.takeOver(meeting.name());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            try (DescriptorSocket to = meeting.await(Events.SELF, () -> !next.isDone(), deadline)) {
                Handover.send(serving, to);
            }
            serving.leave();
            before.add(serving);
            serving = next.get(10, TimeUnit.SECONDS);
        }
    }

    /** Asks as another JVM of tests does, in messages whose length is known at once. */
    private record Peer(TestClient client) {

        DataInputStream ask(Operation operation, long argument) throws IOException {
            byte[] question = PeerProtocol.question(operation, argument, Events.SELF);
            client.send(Arrays.copyOf(question, Generation.G4.length()));
            byte[] content;
            byte what;
            do {
                ByteBuffer header = ByteBuffer.wrap(client.receive(PeerProtocol.HEADER));
                assertThat(header.getLong()).isEqualTo(PeerProtocol.ANSWER);
                content = client.receive(header.getInt());
                what = header.get();
            } while (what == PeerProtocol.PATIENCE);
            assertThat(what).isEqualTo(PeerProtocol.ANSWERED);
            return new DataInputStream(new ByteArrayInputStream(content));
        }
    }

    /** A JVM of tests and what it reports, with what its tracker must tell. */
    private final class Run implements AutoCloseable {

        final Peer peer = new Peer(new TestClient(serving.socket(), Generation.G4));
        final TestClient client;
        final List<Long> marks = new ArrayList<>();
        final List<Set<Long>> left = new ArrayList<>();
        final List<Long> live = new ArrayList<>();

        /** Of the last message, which has been sent in part. */
        byte[] rest = {};

        Run(Generation generation) throws IOException {
            peer.ask(Operation.HELLO, PeerProtocol.VERSION);
            client = new TestClient(serving.socket(), generation);
        }

        void finishMessage() throws IOException {
            client.send(rest);
            rest = new byte[0];
        }

        void send(ClientMessage message, int now) throws IOException {
            finishMessage();
            byte[] bytes = client.bytes(message);
            client.send(bytes, 0, Math.min(bytes.length, now));
            rest = Arrays.copyOfRange(bytes, Math.min(bytes.length, now), bytes.length);
        }

        void mark() throws IOException {
            marks.add(peer.ask(Operation.MARK, 0).readLong());
            left.add(new TreeSet<>());
        }

        void check(String when) throws IOException {
            for (int i = 0; i < marks.size(); i++) {
                assertThat(SnapshotCodec.diff(peer.ask(Operation.SINCE, marks.get(i)), 0).left().stream()
                                .map(DeviceBuffer::address)
                                .collect(Collectors.toSet()))
                        .as(when)
                        .isEqualTo(left.get(i));
            }
        }

        @Override
        public void close() throws IOException {
            finishMessage();
            client.close();
            peer.client().close();
        }
    }

    @Test
    void three_hundred_connections_are_handed_over_at_once() throws Exception {
        List<TestClient> clients = new ArrayList<>();
        try (Run run = new Run(Generation.G4)) {
            for (int i = 0; i < 300; i++) {
                clients.add(new TestClient(serving.socket(), Generation.G4));
            }
            run.mark();
            handOver();
            for (int i = 0; i < clients.size(); i++) {
                clients.get(i).send(Events.alloc(i, DRAM, 4096, 4096));
            }
            assertThat(SnapshotCodec.diff(run.peer.ask(Operation.SINCE, run.marks.get(0)), 0)
                            .left())
                    .extracting(DeviceBuffer::device)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, clients.size()).boxed().toList());
        }
        for (TestClient client : clients) {
            client.close();
        }
    }

    @Test
    void a_hundred_orders_of_starts_and_ends_change_nothing() throws Exception {
        for (int seed = 0; seed < ORDERS; seed++) {
            try {
                order(new SplittableRandom(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("the order of seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private void order(SplittableRandom random) throws Exception {
        List<Run> runs = new ArrayList<>();
        long lastAddress = 0;
        for (int step = 0; step < STEPS; step++) {
            int what = random.nextInt(20);
            if (runs.isEmpty() || (what < 2 && runs.size() < 4)) {
                runs.add(new Run(GENERATIONS.get(random.nextInt(GENERATIONS.size()))));
                continue;
            }
            int one = random.nextInt(runs.size());
            Run run = runs.get(one);
            if (what < 3) {
                freeAll(run, runs);
                runs.remove(one).close();
            } else if (what < 6) {
                finishMessages(runs);
                run.mark();
            } else if (what < 9) {
                handOver();
            } else if (what < 11 && !run.live.isEmpty()) {
                free(run, random.nextInt(run.live.size()), runs);
            } else if (what < 16) {
                finishMessages(runs);
                long address = ++lastAddress;
                run.live.add(address);
                run.send(Events.alloc(0, DRAM, address, 4096), 1 + random.nextInt(Generation.G4.length()));
                runs.forEach(each -> each.left.forEach(left -> left.add(address)));
            } else if (what < 18) {
                finishMessages(runs);
                run.client.send(Events.query(0));
                handOver();
                long live = runs.stream().mapToLong(each -> each.live.size()).sum();
                assertThat(run.client.answer().dram()).isEqualTo(4096 * live);
            } else {
                finishMessages(runs);
                run.check("step " + step);
            }
        }
        finishMessages(runs);
        for (Run run : runs) {
            run.check("the end");
        }
        for (Run run : runs) {
            freeAll(run, runs);
            run.close();
        }
    }

    private static void freeAll(Run run, List<Run> runs) throws IOException {
        while (!run.live.isEmpty()) {
            free(run, 0, runs);
        }
    }

    /** Frees what a run has, by the connection that it was reported by: others may be read first. */
    private static void free(Run run, int which, List<Run> runs) throws IOException {
        run.finishMessage();
        long freed = run.live.remove(which);
        run.client.send(Events.free(0, freed));
        runs.forEach(each -> each.left.forEach(left -> left.remove(freed)));
    }

    private static void finishMessages(List<Run> runs) throws IOException {
        for (Run run : runs) {
            run.finishMessage();
        }
    }
}
