package io.github.ttmemorycheck.internal.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.Printed;
import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Eventually;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regions that appear, go, are replaced, grow, or are not ready, while the tracker is open. */
@Timeout(60)
class ComingAndGoingTests {

    private static final int SELF = (int) ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private SharedMemoryTracker memory;

    @BeforeEach
    void open() {
        memory = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of());
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private long dram() {
        return memory.snapshot().allocated(MemoryKind.DRAM);
    }

    private WrittenRegion holding(String chip, int device, long bytes) throws IOException {
        return WrittenRegion.create(directory, chip, device)
                .attach(0, SELF, "x")
                .hold(0, bytes);
    }

    /** Lets so much time pass that the directory's time of change is trusted. */
    private void trustTheDirectory(MemoryTracker.Mark mark) {
        memory.since(mark);
        Eventually.pause(Duration.ofMillis(60));
        memory.since(mark);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void regions_that_appear_count_from_zero(boolean trusted) throws IOException {
        MemoryTracker.Mark mark = memory.mark();
        if (trusted) {
            trustTheDirectory(mark);
        }
        holding("5", 0, 4096);
        holding("6", 7, 100);
        SnapshotDiff diff = memory.since(mark);
        assertThat(diff.left(0, MemoryKind.DRAM)).isEqualTo(4096);
        assertThat(diff.left(7, MemoryKind.DRAM)).isEqualTo(100);
        assertThat(diff.before().devices()).isEmpty();
        assertThat(diff.after().devices()).containsExactly(0, 7);
    }

    @Test
    void a_region_that_appears_right_after_another_is_not_missed() throws IOException {
        MemoryTracker.Mark mark = memory.mark();
        for (int chip = 1; chip <= 20; chip++) {
            holding(Integer.toString(chip), chip, 1);
            assertThat(memory.since(mark).after().of(MemoryKind.DRAM)).isEqualTo(chip);
        }
    }

    @Test
    void the_directory_is_listed_again_until_its_time_of_change_is_old_enough_to_trust() throws IOException {
        long[] time = {0};
        FileTime change = FileTime.fromMillis(1_000_000);
        RetryLimit limit = new RetryLimit(1000, Long.MAX_VALUE, () -> time[0]);
        try (SharedMemoryTracker ticking = SharedMemoryTracker.open(
                directory, SharedMemoryTracker.ALL, Set.of(), ProcFiles.ofThisSystem(), limit)) {
            Files.setLastModifiedTime(directory, change);
            MemoryTracker.Mark mark = ticking.mark();
            ticking.since(mark);
            holding("5", 0, 1);
            Files.setLastModifiedTime(directory, change);
            assertThat(ticking.since(mark).after().of(MemoryKind.DRAM)).isEqualTo(1);
            time[0] += 60_000_000;
            ticking.since(mark);
            holding("6", 0, 1);
            Files.setLastModifiedTime(directory, change);
            assertThat(ticking.since(mark).after().of(MemoryKind.DRAM))
                    .as("a directory that has not changed for long is not listed")
                    .isEqualTo(1);
            assertThat(ticking.snapshot().allocated(MemoryKind.DRAM)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_region_that_is_deleted_is_read_on_while_a_living_process_writes_to_it(boolean trusted) throws IOException {
        WrittenRegion region = holding("5", 0, 4096);
        MemoryTracker.Mark mark = memory.mark();
        if (trusted) {
            trustTheDirectory(mark);
        }
        try (RandomAccessFile writer = new RandomAccessFile(region.file().toFile(), "rw")) {
            Files.delete(region.file());
            assertThat(memory.since(mark).after().of(MemoryKind.DRAM)).isEqualTo(4096);
            writer.seek(856 + 8);
            writer.writeLong(Long.reverseBytes(5000));
            SnapshotDiff diff = memory.since(mark);
            assertThat(diff.left(0, MemoryKind.DRAM)).isEqualTo(904);
            assertThat(diff.processes()).extracting(ProcessUse::processId).containsExactly(SELF);
            writer.seek(856);
            writer.writeInt(0);
        }
        assertThat(memory.since(mark).after().devices()).isEmpty();
        assertThat(memory.description()).endsWith(", no devices");
    }

    @Test
    void a_region_that_is_deleted_behind_its_last_process_does_not_count_any_more() throws Exception {
        WrittenRegion left = WrittenRegion.create(directory, "6", 1);
        try (Child child = Child.run(directory.resolve("errors").toFile(), List.of("sleep", "1000"))) {
            left.attach(3, child.pid(), "x").hold(3, 4096);
            MemoryTracker.Mark mark = memory.mark();
            assertThat(mark.totals().of(MemoryKind.DRAM)).isEqualTo(4096);
            Files.delete(left.file());
            assertThat(memory.since(mark).after().of(MemoryKind.DRAM)).isEqualTo(4096);
            child.kill();
            SnapshotDiff diff = memory.since(mark);
            assertThat(diff.after().of(MemoryKind.DRAM)).isZero();
            assertThat(diff.isClean()).isTrue();
        }
    }

    @Test
    void a_region_that_goes_while_it_is_in_use_is_worth_a_warning() throws IOException {
        WrittenRegion region = holding("5", 0, 4096);
        WrittenRegion idle = WrittenRegion.create(directory, "6", 0);
        assertThat(dram()).isEqualTo(4096);
        String logged = Printed.during(() -> {
            Files.delete(region.file());
            Files.delete(idle.file());
            assertThat(dram()).isEqualTo(4096);
            assertThat(dram()).isEqualTo(4096);
        });
        assertThat(logged)
                .hasLineCount(1)
                .contains("WARN")
                .contains(
                        "the shared-memory region " + region.file()
                                + " was deleted or replaced while living processes write to it; it is read on until they let go of it");
    }

    @Test
    void what_a_process_holds_by_a_deleted_region_and_another_by_the_new_one_is_added_up() throws Exception {
        WrittenRegion old = holding("5", 0, 4096);
        MemoryTracker.Mark mark = memory.mark();
        Files.delete(old.file());
        try (Child child = Child.run(directory.resolve("errors").toFile(), List.of("sleep", "1000"))) {
            WrittenRegion.create(directory, "5", 0).attach(0, child.pid(), "y").hold(0, 64);
            SnapshotDiff diff = memory.since(mark);
            assertThat(diff.after().of(0, MemoryKind.DRAM)).isEqualTo(4160);
            assertThat(diff.left(0, MemoryKind.DRAM)).isEqualTo(64);
            StringBuilder dump = new StringBuilder();
            memory.dump(dump);
            assertThat(dump).contains("device 0, chip 5\n");
        }
    }

    @Test
    void a_region_that_goes_hides_no_leak_in_another_device() throws IOException {
        WrittenRegion region = holding("5", 0, 4096);
        WrittenRegion other = holding("6", 1, 0);
        MemoryTracker.Mark mark = memory.mark();
        Files.delete(region.file());
        other.hold(0, 64);
        assertThat(memory.since(mark).left(1, MemoryKind.DRAM)).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_region_that_is_replaced_is_read_anew(boolean byRename) throws IOException {
        WrittenRegion region = holding("5", 0, 4096);
        MemoryTracker.Mark mark = memory.mark();
        trustTheDirectory(mark);
        if (byRename) {
            Path other = Files.createDirectory(directory.resolve("other"));
            WrittenRegion next =
                    WrittenRegion.create(other, "5", 0).attach(0, SELF, "x").hold(0, 5000);
            Files.move(next.file(), region.file(), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(region.file());
            holding("5", 0, 5000);
        }
        SnapshotDiff diff = memory.since(mark);
        assertThat(diff.after().of(0, MemoryKind.DRAM)).isEqualTo(5000);
        assertThat(diff.left(0, MemoryKind.DRAM)).isEqualTo(904);
    }

    @Test
    void a_region_is_opened_once_and_followed() throws IOException {
        WrittenRegion region = holding("5", 0, 0);
        for (int n = 1; n <= 50; n++) {
            region.hold(0, n);
            assertThat(dram()).isEqualTo(n);
        }
    }

    @Test
    void a_region_that_is_not_ready_is_left_out_until_it_is() throws IOException {
        WrittenRegion region = holding("5", 3, 4096);
        for (int state : new int[] {0, 1, 2}) {
            region.putInt(8536, state);
            assertThat(memory.snapshot().devices()).isEmpty();
        }
        MemoryTracker.Mark mark = memory.mark();
        region.putInt(8536, WrittenRegion.READY);
        assertThat(memory.since(mark).left(3, MemoryKind.DRAM)).isEqualTo(4096);
    }

    @Test
    void a_region_that_was_ready_and_is_not_any_more_is_an_error() throws IOException {
        WrittenRegion region = holding("5", 0, 4096);
        assertThat(dram()).isEqualTo(4096);
        region.putInt(8536, 1);
        assertThatThrownBy(this::dram)
                .isInstanceOf(TrackerException.class)
                .hasMessage("what is allocated is not known: the shared-memory region " + region.file()
                        + " could be read before and cannot be now: its writer has not finished; measure again, and if it stays"
                        + " so, delete the file when no process uses the device"
                        + "; or judge the other devices without this chip: tt.memory.check.shm.ignore=5");
        region.putInt(8536, WrittenRegion.READY);
        assertThat(dram()).isEqualTo(4096);
    }

    @Test
    void a_region_that_is_made_anew_is_waited_for() throws Exception {
        WrittenRegion region = holding("5", 0, 4096);
        RetryLimit longEnough = new RetryLimit(Integer.MAX_VALUE, 20_000_000_000L, System::nanoTime);
        try (SharedMemoryTracker patient = SharedMemoryTracker.open(
                directory, SharedMemoryTracker.ALL, Set.of(), ProcFiles.ofThisSystem(), longEnough)) {
            region.putInt(8536, 1);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                Eventually.pause(Duration.ofMillis(5));
                try {
                    region.hold(0, 64).putInt(8536, WrittenRegion.READY);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(patient.snapshot().allocated(MemoryKind.DRAM)).isEqualTo(64);
            writer.get();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void the_state_means_nothing_in_older_versions(int version) throws IOException {
        WrittenRegion.create(directory, "5", 0, version, WrittenRegion.LENGTH)
                .attach(0, SELF, "x")
                .hold(0, 9);
        assertThat(dram()).isEqualTo(9);
    }

    @Test
    void a_file_grows_into_a_region() throws IOException {
        WrittenRegion region = WrittenRegion.create(directory, "5", 1, 4, 0);
        MemoryTracker.Mark mark = memory.mark();
        trustTheDirectory(mark);
        assertThat(memory.since(mark).after().devices()).isEmpty();
        region.cut(WrittenRegion.LENGTH);
        assertThat(memory.since(mark).after().devices()).isEmpty();
        Files.write(region.file(), WrittenRegion.bytes("5", 1, 4, WrittenRegion.LENGTH), StandardOpenOption.WRITE);
        region.attach(0, SELF, "x").hold(0, 64);
        assertThat(memory.since(mark).left(1, MemoryKind.DRAM)).isEqualTo(64);
    }

    @Test
    void a_region_may_become_one_of_a_newer_version() throws IOException {
        WrittenRegion region = WrittenRegion.create(directory, "5", 0, 3, 8536)
                .attach(0, SELF, "x")
                .hold(0, 9);
        assertThat(dram()).isEqualTo(9);
        region.cut(WrittenRegion.LENGTH)
                .putInt(8536, WrittenRegion.READY)
                .putInt(0, 4)
                .hold(0, 10);
        assertThat(dram()).isEqualTo(10);
    }

    @Test
    void a_file_that_somebody_else_put_beside_changes_nothing() throws IOException {
        holding("5", 0, 9);
        MemoryTracker.Mark mark = memory.mark();
        Files.writeString(directory.resolve("sem.other"), "x");
        assertThat(memory.since(mark).isClean()).isTrue();
    }
}
