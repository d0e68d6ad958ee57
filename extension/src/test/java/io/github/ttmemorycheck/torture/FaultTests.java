package io.github.ttmemorycheck.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.server.ReporterProgram;
import io.github.ttmemorycheck.internal.sharedmemory.SharedMemoryTracker;
import io.github.ttmemorycheck.internal.sharedmemory.WrittenRegion;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Something goes wrong while a test holds memory: never clean, never an Error. */
@Tag("torture")
class FaultTests {

    private static final int SHARE = 15;
    private static final int SELF = (int) ProcessHandle.current().pid();
    private static final long HELD = 200L << 20;

    @TempDir
    Path directory;

    private enum Fault {
        KILLED_CLIENT,
        DELETED_SOCKET,
        CLOSED_TRACKER,
        OTHER_BYTES,
        CUT_MESSAGE,
        CUT_REGION,
        OVERWRITTEN_REGION,
        DELETED_REGION
    }

    @Test
    void what_goes_wrong_at_random_is_never_clean_and_never_an_error() throws Exception {
        long seed = Torture.seed("faults");
        SplittableRandom random = new SplittableRandom(seed);
        long end = System.nanoTime() + Torture.share(SHARE).toNanos();
        Map<Fault, Integer> tried = new EnumMap<>(Fault.class);
        for (int n = 0; n < Fault.values().length || System.nanoTime() - end < 0; n++) {
            // Each once, then any; a process takes long to start.
            Fault fault = n < Fault.values().length || random.nextInt(50) == 0
                    ? Fault.values()[n % Fault.values().length]
                    : Fault.values()[1 + random.nextInt(Fault.values().length - 1)];
            SplittableRandom own = random.split();
            Path place = Files.createDirectory(directory.resolve("f" + n));
            try {
                suffer(fault, place, own);
            } catch (Exception | Error e) {
                throw new AssertionError(fault + ", fault " + n + " of seed " + seed, e);
            }
            tried.merge(fault, 1, Integer::sum);
        }
        Torture.say("faults: " + tried);
    }

    private static void suffer(Fault fault, Path place, SplittableRandom random) throws Exception {
        switch (fault) {
            case KILLED_CLIENT -> killed(place);
            case CUT_REGION, OVERWRITTEN_REGION, DELETED_REGION -> region(fault, place, random);
            default -> tracker(fault, place, random);
        }
    }

    private static void killed(Path place) throws IOException, InterruptedException {
        try (EmbeddedTracker tracker = EmbeddedTracker.start(place.resolve("s"));
                MemoryTracker.Mark mark = tracker.mark();
                Child child = Child.java(
                        place.resolve("errors"),
                        List.of(),
                        ReporterProgram.class,
                        tracker.socket().toString(),
                        "112")) {
            child.readLine();
            child.writeLine("hold " + HELD);
            assertThat(child.readLine()).isEqualTo("done");
            assertThat(tracker.since(mark).left(2, MemoryKind.DRAM)).isEqualTo(HELD);
            child.kill();
            SnapshotDiff diff = tracker.since(mark);
            assertThat(diff.left()).isEmpty();
            assertThat(diff.ended()).extracting(EndedProcess::processId).containsExactly(child.pid());
        }
    }

    @SuppressWarnings("try") // to close early is the fault
    private static void tracker(Fault fault, Path place, SplittableRandom random) throws IOException {
        try (EmbeddedTracker tracker = EmbeddedTracker.start(place.resolve("s"));
                MemoryTracker.Mark mark = tracker.mark();
                Wire wire =
                        new Wire(tracker.socket(), List.of(Generation.values()).get(random.nextInt(4)))) {
            for (int i = random.nextInt(20); i > 0; i--) {
                wire.add(new ClientMessage(MessageType.ALLOC, 0, 64, 0, SELF, 0x1000L + i, 1));
            }
            switch (fault) {
                case DELETED_SOCKET -> {
                    wire.send(random);
                    Files.delete(tracker.socket());
                }
                case CLOSED_TRACKER -> {
                    wire.send(random);
                    tracker.close();
                }
                case CUT_MESSAGE -> {
                    byte[] part = new byte[1 + random.nextInt(Generation.COMMON - 1)];
                    part[0] = 1;
                    wire.add(part);
                    wire.send(random);
                    wire.close();
                }
                default -> {
                    byte[] other = new byte[Generation.COMMON + random.nextInt(10_000)];
                    random.nextBytes(other);
                    other[0] = (byte) 0xee;
                    wire.add(other);
                    wire.send(random);
                }
            }
            assertThatExceptionOfType(TrackerException.class).isThrownBy(() -> tracker.since(mark));
        }
    }

    private static void region(Fault fault, Path place, SplittableRandom random) throws IOException {
        WrittenRegion region = WrittenRegion.create(place, "5", 0).attach(0, SELF, "tests");
        try (SharedMemoryTracker tracker = SharedMemoryTracker.open(place, SharedMemoryTracker.ALL, Set.of())) {
            MemoryTracker.Mark mark = tracker.mark();
            region.hold(0, HELD);
            switch (fault) {
                case CUT_REGION -> region.cut(random.nextInt(8_540));
                case DELETED_REGION -> Files.delete(region.file());
                default -> {
                    byte[] other = new byte[WrittenRegion.LENGTH];
                    random.nextBytes(other);
                    Files.write(region.file(), other);
                }
            }
            if (fault == Fault.DELETED_REGION) {
                assertThat(tracker.since(mark).processes())
                        .as("read on while its process lives")
                        .isNotEmpty();
            } else {
                assertThatExceptionOfType(TrackerException.class).isThrownBy(() -> tracker.since(mark));
            }
        }
    }
}
