package io.github.ttmemorycheck.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send, ask, connect and go without end while a test is measured. */
@Tag("torture")
class StormTests {

    private static final int SHARE = 15;
    private static final int MOST_CLIENTS = 16;

    /** What they hold; the test's own is on another. */
    private static final int THEIR_DEVICE = 9;

    /** A question reads for one second at most; the rest is for a machine that has other things to do. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    Path directory;

    @Test
    void in_a_storm_a_verdict_is_right_or_none_and_comes_in_bounded_time() throws IOException {
        SplittableRandom random = new SplittableRandom(Torture.seed("storms"));
        long end = System.nanoTime() + Torture.share(SHARE).toNanos();
        long right = 0;
        long none = 0;
        long longest = 0;
        while (System.nanoTime() - end < 0) {
            try (EmbeddedTracker tracker = EmbeddedTracker.start(directory.resolve("s"))) {
                AtomicBoolean over = new AtomicBoolean();
                ExecutorService threads = Executors.newCachedThreadPool();
                List<CompletableFuture<Void>> storm = new ArrayList<>();
                for (int i = 1 + random.nextInt(MOST_CLIENTS); i > 0; i--) {
                    SplittableRandom own = random.split();
                    int process = -i;
                    storm.add(CompletableFuture.runAsync(() -> storm(tracker.socket(), process, own, over), threads));
                }
                for (int n = 1; n <= 20 && System.nanoTime() - end < 0; n++) {
                    long start = System.nanoTime();
                    if (isMeasured(tracker, n)) {
                        right++;
                    } else {
                        none++;
                    }
                    longest = Math.max(longest, System.nanoTime() - start);
                }
                over.set(true);
                storm.forEach(CompletableFuture::join);
                threads.shutdown();
            }
        }
        Torture.say("storms: " + right + " verdicts were right, " + none + " not measured, the slowest took "
                + longest / 1_000_000 + " ms");
        assertThat(right).isPositive();
        assertThat(longest).isLessThan(MOST_NANOS);
    }

    /** Leaves something, and returns whether that was found; what is found wrongly throws. */
    private static boolean isMeasured(EmbeddedTracker tracker, int size) throws IOException {
        try (MemoryTracker.Mark mark = tracker.mark();
                Wire wire = new Wire(tracker.socket(), Generation.G2)) {
            wire.add(new ClientMessage(MessageType.ALLOC, 1, size, 0, -1_000, 0x1000, 1));
            wire.send(new SplittableRandom(size));
            assertThat(tracker.since(mark).left(1, MemoryKind.DRAM)).isEqualTo(size);
            wire.add(new ClientMessage(MessageType.FREE, 1, 0, 0, -1_000, 0x1000, 1));
            wire.send(new SplittableRandom(size));
            assertThat(tracker.since(mark).left(1, MemoryKind.DRAM)).isZero();
            return true;
        } catch (TrackerException notMeasured) {
            assertThat(notMeasured.reason()).isNotEmpty();
            return false;
        }
    }

    private static void storm(Path socket, int process, SplittableRandom random, AtomicBoolean over) {
        List<Generation> generations = List.of(Generation.values());
        while (!over.get()) {
            int manner = random.nextInt(4);
            try (Wire wire = new Wire(socket, generations.get(random.nextInt(generations.size())))) {
                for (int i = random.nextInt(1 << random.nextInt(10)); i >= 0 && !over.get(); i--) {
                    switch (manner) {
                        case 0 -> events(wire, process, random);
                        case 1 -> {
                            wire.add(ClientMessage.request(MessageType.QUERY, THEIR_DEVICE));
                            wire.send(random);
                            wire.answered();
                        }
                        case 2 -> {
                            // Gone before the answer.
                            wire.add(ClientMessage.request(MessageType.QUERY, THEIR_DEVICE));
                            i = 0;
                            wire.send(random);
                        }
                        default -> {
                            wire.add(ClientMessage.request(MessageType.DUMP_REMAINING, THEIR_DEVICE));
                            events(wire, process, random);
                        }
                    }
                }
            } catch (IOException refusedOrGone) {
                // The next one is let in.
            }
        }
    }

    private static void events(Wire wire, int process, SplittableRandom random) throws IOException {
        for (int i = 0; i < 100; i++) {
            long address = 0x9000L + random.nextInt(50);
            wire.add(new ClientMessage(MessageType.ALLOC, THEIR_DEVICE, 64, 0, process, address, 1));
            wire.add(new ClientMessage(MessageType.FREE, THEIR_DEVICE, 0, 0, process, address, 1));
        }
        wire.send(random);
    }
}
