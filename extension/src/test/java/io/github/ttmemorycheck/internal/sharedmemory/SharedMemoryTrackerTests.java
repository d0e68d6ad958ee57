package io.github.ttmemorycheck.internal.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.internal.settings.Setting;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SharedMemoryTrackerTests {

    private static final int SELF = (int) ProcessHandle.current().pid();

    @TempDir
    Path directory;

    @Test
    void says_where_it_looks_and_how_many_devices_there_are() throws IOException {
        try (SharedMemoryTracker tracker = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of())) {
            assertThat(tracker).hasToString("shared-memory tracker, " + directory + ", no devices");
            WrittenRegion.create(directory, "5", 0);
            tracker.snapshot();
            assertThat(tracker.description()).isEqualTo("shared-memory tracker, " + directory + ", 1 device");
            WrittenRegion.create(directory, "6", 1);
            WrittenRegion.create(directory, "7", 1);
            tracker.snapshot();
            assertThat(tracker.description())
                    .isEqualTo("shared-memory tracker, " + directory + ", 2 devices, device 1 is 2 chips (6, 7)");
            StringBuilder dump = new StringBuilder();
            tracker.dump(dump);
            assertThat(dump).contains("device 0, chip 5\n", "device 1, chips 6, 7\n");
        }
    }

    @Test
    void a_snapshot_compares_by_process_with_an_earlier_one() throws IOException {
        WrittenRegion region =
                WrittenRegion.create(directory, "5", 0).attach(0, SELF, "x").hold(0, 100, 50);
        try (SharedMemoryTracker tracker = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of())) {
            MemorySnapshot before = tracker.snapshot();
            region.hold(0, 164, 40);
            SnapshotDiff diff = tracker.snapshot().since(before);
            assertThat(diff.left(0, MemoryKind.DRAM)).isEqualTo(64);
            assertThat(diff.left(0, MemoryKind.L1)).isZero();
            assertThat(diff.processes()).hasSize(1);
        }
    }

    @Test
    void a_closed_tracker_and_a_closed_mark_say_so() throws IOException {
        SharedMemoryTracker tracker = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of());
        MemoryTracker.Mark mark = tracker.mark();
        mark.close();
        assertThatThrownBy(() -> tracker.since(mark))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a mark can be compared only by the tracker that made it, and only until it is closed; this"
                        + " one is not open at the " + tracker.description());
        tracker.close();
        tracker.close();
        assertThatThrownBy(tracker::snapshot)
                .isInstanceOf(TrackerException.class)
                .hasMessage("what is allocated is not known: the shared-memory tracker of " + directory
                        + " was closed; open another, and keep it open while tests run");
    }

    @Test
    void the_files_are_open_no_longer_than_the_tracker() throws IOException {
        WrittenRegion region = WrittenRegion.create(directory, "5", 0).attach(0, SELF, "x");
        try (SharedMemoryTracker tracker = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of())) {
            tracker.snapshot();
            assertThat(openFiles(region.file())).isEqualTo(1);
            Files.delete(region.file());
            WrittenRegion next = WrittenRegion.create(directory, "5", 0);
            tracker.snapshot();
            assertThat(openFiles(region.file()))
                    .as("the deleted one is read on while this process is in it")
                    .isEqualTo(2);
            next.attach(0, SELF, "x");
            tracker.snapshot();
            assertThat(openFiles(region.file())).isEqualTo(1);
        }
        assertThat(openFiles(region.file())).isZero();
    }

    @Test
    void a_chip_that_is_left_out_need_not_be_readable() throws IOException {
        WrittenRegion.create(directory, "5", 0).attach(0, SELF, "x").hold(0, 4096);
        WrittenRegion.create(directory, "18446744073709551615", 3).putInt(0, 9);
        try (SharedMemoryTracker all = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of());
                SharedMemoryTracker some =
                        SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of("18446744073709551615"))) {
            assertThatThrownBy(all::snapshot)
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining("tt_device_18446744073709551615_memory is of version 9")
                    .hasMessageEndingWith("; or judge the other devices without this chip:"
                            + " tt.memory.check.shm.ignore=18446744073709551615");
            assertThat(some.snapshot().allocated(0, MemoryKind.DRAM)).isEqualTo(4096);
            assertThat(some.description())
                    .isEqualTo("shared-memory tracker, " + directory
                            + ", 1 device, without chip 18446744073709551615 (tt.memory.check.shm.ignore)");
        }
    }

    private static long openFiles(Path file) throws IOException {
        try (var links = Files.list(Path.of("/proc/self/fd"))) {
            return links.filter(link -> {
                        try {
                            return Files.readSymbolicLink(link).toString().startsWith(file.toString());
                        } catch (IOException closed) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    @Test
    void a_tracker_that_cannot_be_opened_says_why() {
        Path missing = directory.resolve("none");
        assertThatThrownBy(() -> SharedMemoryTracker.open(missing, SharedMemoryTracker.ALL, Set.of()))
                .isInstanceOf(TrackerException.class)
                .hasMessageContaining("the directory " + missing + " cannot be listed");
    }

    @Test
    void by_default_it_looks_where_the_runtime_writes() {
        try (SharedMemoryTracker tracker = SharedMemoryTracker.open(
                Path.of(Setting.SHM_DIRECTORY.byDefault()), SharedMemoryTracker.ALL, Set.of())) {
            assertThat(tracker.description()).startsWith("shared-memory tracker, /dev/shm, ");
        }
    }
}
