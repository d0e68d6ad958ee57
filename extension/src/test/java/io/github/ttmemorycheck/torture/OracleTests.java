package io.github.ttmemorycheck.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Senders of all generations, each a process of its own, against what each says that must be left. */
@Tag("torture")
class OracleTests {

    private static final int SHARE = 30;
    private static final int SENDERS = 8;
    private static final long[] SIZES = {1, 64, 4096, 4096, 1L << 20, (1L << 40) + 1};

    @TempDir
    Path directory;

    /** One process: as a rule one connection after the other. */
    private static final class Sending {
        final Path socket;
        final Oracle oracle;
        final int process;
        final SplittableRandom random;
        final List<Generation> generations;
        Wire wire;
        long sent;

        Sending(Path socket, int process, SplittableRandom random) throws IOException {
            this.socket = socket;
            this.process = process;
            this.random = random;
            this.oracle = new Oracle(process);
            this.generations = List.of(Generation.values());
            this.wire = connect();
        }

        private Wire connect() throws IOException {
            return new Wire(socket, generations.get(random.nextInt(generations.size())));
        }

        /** Sends a random lot of events, and returns when all were sent. */
        void round() {
            try {
                for (int i = random.nextInt(400); i > 0; i--) {
                    once();
                }
                wire.send(random);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void once() throws IOException {
            int what = random.nextInt(1000);
            if (what < 3) {
                wire.send(random);
                wire.close();
                wire = connect();
                oracle.reconnect();
            } else if (what < 8) {
                ask(ClientMessage.request(MessageType.QUERY, random.nextInt(4)));
            } else if (what < 10 && wire.generation().knows(MessageType.DEVICE_INFO_QUERY)) {
                ask(ClientMessage.request(MessageType.DEVICE_INFO_QUERY, random.nextInt(4)));
            } else if (what < 40) {
                wire.send(random);
            } else if (what < 200 && wire.generation().knows(MessageType.CB_ALLOC)) {
                add(counted());
            } else {
                add(buffer());
            }
        }

        private void ask(ClientMessage question) throws IOException {
            wire.add(question);
            wire.send(random);
            assertThat(wire.answered()).isTrue();
        }

        private void add(ClientMessage event) {
            oracle.sent(event);
            wire.add(event);
            sent++;
        }

        private ClientMessage buffer() {
            MessageType type = random.nextInt(9) < 5 ? MessageType.ALLOC : MessageType.FREE;
            long size = type == MessageType.ALLOC ? SIZES[random.nextInt(SIZES.length)] : 0;
            int kind = type == MessageType.ALLOC ? random.nextInt(5) : 0;
            return new ClientMessage(type, random.nextInt(3), size, kind, process, 0x1000L + random.nextInt(60), 1);
        }

        /** A free takes off a part or all of what is there: more would be another circular buffer's. */
        private ClientMessage counted() {
            boolean kernel = random.nextBoolean();
            int device = random.nextInt(2);
            long number = 1L + random.nextInt(20);
            long there = oracle.of(device, kernel ? MemoryKind.KERNEL : MemoryKind.CIRCULAR_BUFFER, number);
            if (there == 0 || random.nextInt(5) < 2) {
                MessageType type = kernel ? MessageType.KERNEL_LOAD : MessageType.CB_ALLOC;
                return new ClientMessage(type, device, 64L << random.nextInt(8), 0, process, number, 0);
            }
            MessageType type = kernel ? MessageType.KERNEL_UNLOAD : MessageType.CB_FREE;
            long size = random.nextBoolean() ? there : 1 + random.nextLong(there);
            return new ClientMessage(type, device, size, 0, process, number, 0);
        }
    }

    @Test
    void what_is_left_is_what_each_sender_says_that_it_left() throws IOException {
        long seed = Torture.seed("oracle");
        SplittableRandom random = new SplittableRandom(seed);
        long end = System.nanoTime() + Torture.share(SHARE).toNanos();
        long events = 0;
        long questions = 0;
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        while (System.nanoTime() - end < 0) {
            try (EmbeddedTracker tracker = EmbeddedTracker.start(directory.resolve("s"))) {
                List<Sending> senders = senders(tracker.socket(), random.split());
                MemoryTracker.Mark mark = tracker.mark();
                for (int round = 0; round < 200 && System.nanoTime() - end < 0; round++) {
                    List<CompletableFuture<Void>> running = senders.stream()
                            .map(sender -> CompletableFuture.runAsync(sender::round, threads))
                            .toList();
                    // In between, when nothing is at rest, an answer need only come.
                    assertThat(tracker.since(mark)).isNotNull();
                    running.forEach(CompletableFuture::join);
                    check(seed, senders, tracker.snapshot(), tracker.since(mark));
                    questions += 3;
                    if (random.nextBoolean()) {
                        mark.close();
                        mark = tracker.mark();
                        senders.forEach(sender -> sender.oracle.mark());
                    }
                }
                assertThat(tracker.counts().malformedMessages()).isZero();
                for (Sending sender : senders) {
                    events += sender.sent;
                    sender.wire.close();
                }
            }
        }
        threads.shutdown();
        Torture.say("oracle: " + events + " events, " + questions + " answers");
        assertThat(events).isPositive();
    }

    private static List<Sending> senders(Path socket, SplittableRandom random) {
        return IntStream.rangeClosed(1, SENDERS)
                .mapToObj(number -> {
                    try {
                        return new Sending(socket, -number, random.split());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static void check(long seed, List<Sending> senders, MemorySnapshot snapshot, SnapshotDiff diff) {
        Map<Oracle.Key, Long> live = new HashMap<>();
        Map<Oracle.Key, Long> left = new HashMap<>();
        for (Sending sender : senders) {
            live.putAll(sender.oracle.live());
            left.putAll(sender.oracle.leftSinceMark());
        }
        assertThat(keys(snapshot.buffers().stream())).as("seed %s", seed).isEqualTo(live);
        assertThat(keys(diff.left().stream().filter(OracleTests::isNewBuffer)))
                .as("seed %s", seed)
                .isEqualTo(left);
        for (MemoryKind kind : MemoryKind.values()) {
            long sum = live.entrySet().stream()
                    .filter(entry -> entry.getKey().kind() == kind)
                    .mapToLong(entry ->
                            isCounted(kind) ? entry.getValue() : entry.getKey().size())
                    .sum();
            assertThat(snapshot.allocated(kind)).as("%s", kind).isEqualTo(sum);
            assertThat(IntStream.range(0, 3)
                            .mapToLong(device -> diff.after().of(device, kind))
                            .sum())
                    .as("%s since a mark", kind)
                    .isEqualTo(sum);
        }
    }

    private static boolean isNewBuffer(DeviceBuffer buffer) {
        return buffer.referenceTo() == 0 && !isCounted(buffer.kind());
    }

    private static boolean isCounted(MemoryKind kind) {
        return kind == MemoryKind.CIRCULAR_BUFFER || kind == MemoryKind.KERNEL;
    }

    private static Map<Oracle.Key, Long> keys(Stream<DeviceBuffer> buffers) {
        Map<Oracle.Key, Long> keys = new HashMap<>();
        buffers.forEach(buffer -> {
            boolean counted = isCounted(buffer.kind());
            keys.merge(
                    new Oracle.Key(
                            buffer.processId(),
                            buffer.device(),
                            buffer.kind(),
                            buffer.address(),
                            counted ? 0 : buffer.size()),
                    counted ? buffer.size() : buffer.refCount(),
                    Long::sum);
        });
        return keys;
    }
}
