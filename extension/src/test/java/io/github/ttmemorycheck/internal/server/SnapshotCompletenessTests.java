package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes count up as fast as they can, each number an allocation, and say how far they are once {@code send} has
 * returned. Whatever had been said before a question was asked must be in its answer.
 */
@Timeout(120)
class SnapshotCompletenessTests {

    private static final int QUESTIONS = 10_000;

    @TempDir
    Path directory;

    /** One child, and the last number that it has said. */
    private static final class Counter implements AutoCloseable {

        private final Child child;
        private volatile long said;

        Counter(Path socket, Path errors, Generation generation, int device) throws IOException {
            child = Child.java(
                    errors, List.of(), ChildProgram.class, "count", socket.toString(), generation.name(), "" + device);
            new Thread(this::listen, "listener-" + device).start();
        }

        private void listen() {
            try (DataInputStream in = new DataInputStream(child.process().getInputStream())) {
                byte[] numbers = new byte[Long.BYTES * 1024];
                int kept = 0;
                for (int got = in.read(numbers); got >= 0; got = in.read(numbers, kept, numbers.length - kept)) {
                    int end = kept + got;
                    int whole = end - end % Long.BYTES;
                    if (whole > 0) {
                        said = ByteBuffer.wrap(numbers).getLong(whole - Long.BYTES);
                    }
                    kept = end - whole;
                    System.arraycopy(numbers, whole, numbers, 0, kept);
                }
            } catch (IOException closed) {
                // The child was ended.
            }
        }

        @Override
        public void close() throws IOException {
            child.close();
        }
    }

    @Test
    void every_answer_holds_all_that_was_sent_before_it_was_asked_for() throws IOException {
        List<Counter> counters = new ArrayList<>();
        try (EmbeddedTracker server = EmbeddedTracker.start(directory.resolve("s"));
                TestClient client = new TestClient(server.socket(), Generation.G4)) {
            for (Generation generation : Generation.values()) {
                counters.add(new Counter(server.socket(), directory.resolve("err"), generation, counters.size()));
            }
            counters.forEach(counter -> Eventually.isTrue("a child counts", () -> counter.said > 0));
            for (int question = 0; question < QUESTIONS; question++) {
                long[] said =
                        counters.stream().mapToLong(counter -> counter.said).toArray();
                switch (question % 4) {
                    case 0, 1 -> check(said, server.snapshot());
                    case 2 -> checkMark(said, server);
                    default -> {
                        int device = question / 4 % said.length;
                        assertThat(client.query(device).dram()).isGreaterThanOrEqualTo(said[device]);
                    }
                }
            }
            assertThat(server.counts().unknownFrees())
                    .as("frees of buffer 0, one a child")
                    .isEqualTo(counters.size());
            assertThat(server.counts().malformedMessages()).isZero();
            assertThat(counters).allSatisfy(counter -> assertThat(counter.said).isGreaterThan(1000));
        } finally {
            for (Counter counter : counters) {
                counter.close();
            }
        }
    }

    private static void checkMark(long[] said, EmbeddedTracker server) {
        try (MemoryTracker.Mark mark = server.mark()) {
            for (int device = 0; device < said.length; device++) {
                assertThat(mark.totals().of(device, MemoryKind.DRAM)).isGreaterThanOrEqualTo(said[device]);
            }
            assertThat(server.since(mark).left()).allMatch(buffer -> buffer.order() > mark.order());
        }
    }

    private static void check(long[] said, MemorySnapshot snapshot) {
        long[] highest = new long[said.length];
        for (DeviceBuffer buffer : snapshot.buffers()) {
            int device = buffer.device();
            highest[device] = Math.max(highest[device], buffer.address());
            assertThat(buffer.address())
                    .as("buffer n - 2 was freed before n was said")
                    .isGreaterThanOrEqualTo(said[device] - 1);
        }
        for (int device = 0; device < said.length; device++) {
            assertThat(highest[device]).isGreaterThanOrEqualTo(said[device]);
        }
    }
}
