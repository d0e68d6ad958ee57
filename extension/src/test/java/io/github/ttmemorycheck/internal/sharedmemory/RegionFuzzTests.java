package io.github.ttmemorycheck.internal.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.snapshot.TrackerException;
import io.github.ttmemorycheck.torture.Fuzz;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fuzz")
class RegionFuzzTests {

    private static final int SELF = (int) ProcessHandle.current().pid();

    private static final RetryLimit FEW = new RetryLimit(4, 200_000_000, System::nanoTime);

    /** Where a region's fields begin; the slots are at 856 and every 120 bytes behind. */
    private static final int[] FIELDS = {0, 4, 8, 32, 40, 856, 864, 904, 912, 976, 8416, 8536};

    private static final long[] VALUES = {0, 1, -1, 4, 5, 1L << 31, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, SELF};

    @TempDir
    Path directory;

    @Test
    void a_damaged_region_is_refused_or_left_out_or_holds_what_its_bytes_say() throws IOException {
        WrittenRegion.create(directory, "5", 3)
                .attach(0, SELF, "x")
                .attach(63, SELF, "y")
                .hold(0, 7, 8, 9)
                .hold(63, 1);
        Path path = WrittenRegion.at(directory, "5").file();
        byte[] good = Files.readAllBytes(path);
        ProcFiles nobody = new ProcFiles(directory.resolve("no-proc"));
        AtomicLong read = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        try (RegionFile file = RegionFile.open(path).orElseThrow();
                FileChannel out = FileChannel.open(path, StandardOpenOption.WRITE)) {
            Fuzz.run("regions", random -> {
                byte[] bytes = damaged(good, random);
                Region region = new Region(file, 5, FEW, new SlotOwners(nobody, process -> false, file));
                if (random.nextInt(8) == 0) {
                    write(out, good);
                    contentOf(region);
                }
                write(out, bytes);
                RegionContent content = contentOf(region);
                if (content == null) {
                    refused.incrementAndGet();
                    return;
                }
                read.incrementAndGet();
                check(content, bytes);
            });
        }
        assertThat(read).as("regions that were read").hasPositiveValue();
        assertThat(refused).as("regions that were refused").hasPositiveValue();
    }

    private static @Nullable RegionContent contentOf(Region region) {
        try {
            return region.read(process -> true);
        } catch (TrackerException refused) {
            assertThat(refused.reason()).isNotEmpty();
            return null;
        }
    }

    /** Looks each figure up in the bytes, by offsets of its own. */
    private static void check(RegionContent content, byte[] bytes) {
        ByteBuffer words =
                ByteBuffer.wrap(Arrays.copyOf(bytes, WrittenRegion.LENGTH)).order(ByteOrder.LITTLE_ENDIAN);
        long sum = 0;
        for (RegionContent.Slot slot : content.slots()) {
            int at = 856 + 120 * slot.number();
            if (slot.processId() != words.getInt(at) || slot.processId() <= 0) {
                throw new AssertionError("slot " + slot.number() + " is of process " + words.getInt(at));
            }
            for (int kind = 0; kind < 5; kind++) {
                if (slot.figure(kind) != words.getLong(at + 8 + 8 * kind) || slot.figure(kind) < 0) {
                    throw new AssertionError("slot " + slot.number() + ", figure " + kind + ": " + slot.figure(kind));
                }
            }
            sum++;
        }
        long used = IntStream.range(0, 64)
                .filter(slot -> words.getInt(856 + 120 * slot) > 0)
                .count();
        if (sum != used || content.device() != words.getInt(40) || content.device() < 0) {
            throw new AssertionError(sum + " slots of " + used + ", device " + content.device());
        }
    }

    private static byte[] damaged(byte[] good, SplittableRandom random) {
        byte[] bytes = good.clone();
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = random.nextInt(5); i > 0; i--) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    int at = FIELDS[random.nextInt(FIELDS.length)];
                    words.putLong(at, VALUES[random.nextInt(VALUES.length)]);
                }
                case 1 -> {
                    int at = 856 + 120 * random.nextInt(64);
                    words.putInt(at, random.nextInt());
                    words.putLong(at + 8 + 8 * random.nextInt(5), random.nextLong() >> random.nextInt(64));
                }
                default -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
        }
        return random.nextInt(6) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    private static void write(FileChannel out, byte[] bytes) throws IOException {
        if (out.size() > bytes.length) {
            out.truncate(bytes.length);
        }
        ByteBuffer from = ByteBuffer.wrap(bytes);
        while (from.hasRemaining()) {
            out.write(from, from.position());
        }
    }
}
