package io.github.ttmemorycheck.internal.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TornReadTests {

    private static final int SELF = (int) ProcessHandle.current().pid();
    private static final int READINGS = 30_000;

    @TempDir
    Path directory;

    @Test
    void figures_read_together_were_true_together() throws IOException {
        WrittenRegion region = WrittenRegion.create(directory, "5", 0);
        try (Child writer = Child.java(
                        directory.resolve("errors"),
                        List.of(),
                        PairWriterProgram.class,
                        region.file().toString());
                SharedMemoryTracker memory = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of())) {
            assertThat(writer.readLine()).isEqualTo("writing");
            MemoryTracker.Mark mark = memory.mark();
            long first = 0;
            long last = 0;
            for (int n = 0; n < READINGS; n++) {
                MemoryTotals now = memory.since(mark).after();
                long ahead = now.of(0, MemoryKind.DRAM);
                assertThat(ahead - now.of(0, MemoryKind.L1))
                        .as("the writer raises DRAM in the first slot, then L1 in the last")
                        .isBetween(0L, 1L);
                assertThat(ahead).isGreaterThanOrEqualTo(last);
                first = n == 0 ? ahead : first;
                last = ahead;
            }
            assertThat(last - first).as("the writer went on meanwhile").isGreaterThan(1000);
        }
    }

    private Region region(RetryLimit limit) throws IOException {
        WrittenRegion.create(directory, "5", 0)
                .attach(0, SELF, "x")
                .attach(1, SELF, "x")
                .hold(0, 1);
        RegionFile file =
                RegionFile.open(WrittenRegion.at(directory, "5").file()).orElseThrow();
        ProcFiles files = ProcFiles.ofThisSystem();
        return new Region(file, 5, limit, new SlotOwners(files, files::isInUse, file));
    }

    private static RegionContent readFully(Region region, IntPredicate processes) {
        return Objects.requireNonNull(region.read(processes));
    }

    /** Changes a figure each time the first slot is reached, so many times. */
    private IntPredicate changing(int times) {
        int[] passes = {0};
        return process -> {
            passes[0]++;
            try {
                if (passes[0] % 2 == 1 && passes[0] / 2 < times) {
                    WrittenRegion.at(directory, "5").hold(1, passes[0]);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return true;
        };
    }

    @Test
    void a_region_that_changes_is_read_until_it_is_found_twice_alike() throws IOException {
        try (Region region = region(new RetryLimit(100, Long.MAX_VALUE, () -> 0))) {
            RegionContent reading = readFully(region, changing(40));
            assertThat(reading.slots().get(1).figure(0)).isEqualTo(79);
        }
    }

    @Test
    void one_that_never_holds_still_is_given_up_after_so_many_readings() throws IOException {
        long[] time = {0};
        try (Region region = region(new RetryLimit(100, Long.MAX_VALUE, () -> time[0] += 3_000_000))) {
            assertThatThrownBy(() -> region.read(changing(Integer.MAX_VALUE)))
                    .isInstanceOf(TrackerException.class)
                    .hasMessage("what is allocated is not known: the shared-memory region "
                            + WrittenRegion.at(directory, "5").file()
                            + " was read 100 times within 6 ms, and was never found twice alike; measure when its processes"
                            + " are at rest, or look at fewer of them (tt.memory.check.processes=tree)"
                            + "; or judge the other devices without this chip: tt.memory.check.shm.ignore=5");
        }
    }

    @Test
    void one_that_never_holds_still_is_given_up_after_so_long() throws IOException {
        long[] time = {0};
        try (Region region = region(new RetryLimit(Integer.MAX_VALUE, 10_000_000, () -> time[0] += 4_000_000))) {
            assertThatThrownBy(() -> region.read(changing(Integer.MAX_VALUE)))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining(" was read 192 times within 16 ms, and was never found twice alike");
        }
    }

    @Test
    void a_figure_that_changes_and_changes_back_is_a_change() throws IOException {
        int[] calls = {0};
        try (Region region = region(RetryLimit.DEFAULT)) {
            RegionContent reading = readFully(region, process -> {
                calls[0]++;
                try {
                    if (calls[0] == 2) {
                        WrittenRegion.at(directory, "5").hold(1, 8).hold(1, 0);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return true;
            });
            assertThat(reading.slots()).hasSize(2);
            assertThat(calls[0]).as("two slots, three passes").isEqualTo(6);
        }
    }

    @Test
    void what_is_not_looked_at_cannot_disturb() throws IOException {
        try (Region region = region(new RetryLimit(10, Long.MAX_VALUE, () -> 0))) {
            int[] calls = {0};
            RegionContent reading = readFully(region, process -> {
                try {
                    WrittenRegion.at(directory, "5").hold(1, calls[0]++);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return false;
            });
            assertThat(reading.slots()).isEmpty();
            assertThat(calls[0]).isEqualTo(4);
        }
    }

    @Test
    void a_region_that_has_not_changed_is_read_once() throws IOException {
        int[] calls = {0};
        IntPredicate counted = process -> ++calls[0] > 0;
        try (Region region = region(RetryLimit.DEFAULT)) {
            RegionContent first = readFully(region, counted);
            assertThat(calls[0]).as("two slots, two passes").isEqualTo(4);
            assertThat(readFully(region, counted)).isSameAs(first);
            assertThat(calls[0]).as("two slots, one more pass").isEqualTo(6);
            WrittenRegion.at(directory, "5").hold(1, 8);
            assertThat(readFully(region, counted).slots().get(1).figure(0)).isEqualTo(8);
            assertThat(calls[0]).as("two slots, two more passes").isEqualTo(10);
        }
    }

    @Test
    void a_file_that_is_cut_while_it_is_read_is_read_again_until_it_is_whole() throws IOException {
        byte[] whole = WrittenRegion.bytes("5", 0, 4, WrittenRegion.LENGTH);
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(856, SELF);
        int[] looksAtTheClock = {0};
        RetryLimit limit = new RetryLimit(1000, Long.MAX_VALUE, () -> {
            // Each reading looks once when it begins; a third time it does while the file is cut.
            if (++looksAtTheClock[0] == 3) {
                write(whole);
            }
            return 0;
        });
        try (Region region = region(limit)) {
            assertThat(readFully(region, process -> true).slots()).hasSize(2);
            WrittenRegion.at(directory, "5").hold(0, 7);
            int[] calls = {0};
            RegionContent content = readFully(region, process -> {
                if (calls[0]++ == 0) {
                    write(new byte[100]);
                }
                return true;
            });
            assertThat(content.slots()).hasSize(1);
            assertThat(looksAtTheClock[0]).isEqualTo(3);
        }
    }

    private void write(byte[] bytes) {
        try {
            Files.write(WrittenRegion.at(directory, "5").file(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
