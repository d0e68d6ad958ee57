package io.github.ttmemorycheck.internal.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read, or cannot be true, is an error that names the file; never a figure. */
@Timeout(60)
class UnreadableRegionTests {

    private static final int SELF = (int) ProcessHandle.current().pid();
    private static final String EMBEDDED = "the embedded tracker (tt.memory.check.tracker=embedded, and"
            + " TT_ALLOC_TRACKING_ENABLED=1 in the process that opens the device)";

    private static final String OTHERS = "; or judge the other devices without this chip: tt.memory.check.shm.ignore=5";

    @TempDir
    Path directory;

    private SharedMemoryTracker memory;
    private Path file;

    @BeforeEach
    void open() {
        memory = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of());
        file = directory.resolve("tt_device_5_memory");
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private void assertUnreadable(String what) {
        assertUnreadable(memory::snapshot, what);
        assertUnreadable(memory::mark, what);
        assertUnreadable(memory::activity, what);
        assertUnreadable(() -> memory.dump(new StringBuilder()), what);
    }

    private void assertUnreadable(ThrowingCallable question, String what) {
        assertThatThrownBy(question)
                .isInstanceOf(TrackerException.class)
                .hasMessage("what is allocated is not known: the shared-memory region " + file + " " + what + OTHERS);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 5", "0x52454459, 1380271193", "-1, 4294967295"})
    void another_version_is_refused_by_name(String version, String named) throws IOException {
        WrittenRegion.create(directory, "5", 0)
                .attach(0, SELF, "x")
                .hold(0, 4096)
                .putInt(0, Integer.decode(version));
        assertUnreadable("is of version " + named
                + ", and versions 2 to 4 can be read; delete it if no process uses the device any more, use a tt-memory-check"
                + " that reads it, or " + EMBEDDED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 855, 8535})
    void a_short_file_is_refused(int length) throws IOException {
        WrittenRegion.create(directory, "5", 0, 4, length);
        assertUnreadable(
                "has " + length + " bytes, and a region has 8536 or more; delete it when no process uses the device");
    }

    @Test
    void a_file_too_short_for_its_version_is_refused() throws IOException {
        WrittenRegion.create(directory, "5", 0, 4, 8539);
        assertUnreadable("has 8539 bytes, and a region has 8540 or more; delete it when no process uses the device");
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "4, 100", "4, 4096", "4, 8200", "4, 8535", "3, 0", "3, 100", "3, 8200", "3, 8535", "2, 8200"})
    void a_file_that_is_cut_later_is_refused(int version, int length) throws IOException {
        WrittenRegion region = WrittenRegion.create(directory, "5", 0, version, WrittenRegion.LENGTH)
                .attach(63, SELF, "x")
                .hold(63, 4096);
        assertThat(memory.snapshot().allocated(MemoryKind.DRAM)).isEqualTo(4096);
        MemoryTracker.Mark mark = memory.mark();
        region.cut(length);
        for (ThrowingCallable question : new ThrowingCallable[] {() -> memory.since(mark), memory::snapshot}) {
            assertThatThrownBy(question)
                    .isInstanceOf(TrackerException.class)
                    .hasMessage("what is allocated is not known: the shared-memory region " + file + " was cut to "
                            + length
                            + " bytes, and a region has 8536 or more; delete it when no process uses the device"
                            + OTHERS);
        }
    }

    @Test
    void what_is_no_regular_file_is_refused() throws IOException {
        Files.createDirectory(file);
        assertUnreadable("is a directory, and a region is a regular file; delete it when no process uses the device");
        Files.delete(file);
        Files.createSymbolicLink(file, WrittenRegion.create(directory, "6", 0).file());
        assertUnreadable("is a link, and a region is a regular file; delete it when no process uses the device");
        Files.delete(file);
        assertThat(memory.snapshot().devices()).containsExactly(0);
    }

    /** To open a FIFO would block until somebody writes to it. */
    @Test
    void a_fifo_is_refused_without_being_opened() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertUnreadable(
                        "is no file, and a region is a regular file; delete it when no process uses the device"));
    }

    @Test
    void a_copy_of_another_chips_region_is_refused() throws IOException {
        WrittenRegion.create(directory, "5", 0).putLong(32, 6);
        assertUnreadable("says that it is of chip 6, as if it were a copy; delete it when no process uses the device");
    }

    @Test
    void a_device_number_that_cannot_be_is_refused() throws IOException {
        WrittenRegion.create(directory, "5", 0).putInt(40, -1);
        assertUnreadable(
                "says that its device has the number 4294967295, which no device has; delete it when no process uses"
                        + " the device");
    }

    @Test
    void a_figure_that_wrapped_around_is_refused() throws IOException {
        WrittenRegion.create(directory, "5", 0).attach(4, SELF, "x").hold(4, 0, -4096);
        assertUnreadable(
                "says that process " + SELF + " holds 18446744073709547520 bytes of L1, which no device has: it"
                        + " reported more freed than allocated; start that process anew, or use " + EMBEDDED);
    }

    @Test
    void a_table_without_a_free_slot_is_refused_though_most_of_it_is_of_the_dead() throws Exception {
        Child dead = Child.run(directory.resolve("errors").toFile(), List.of("true"));
        assertThat(dead.exitCode()).isZero();
        WrittenRegion region = WrittenRegion.create(directory, "5", 0);
        for (int slot = 0; slot < 64; slot++) {
            region.attach(slot, dead.pid(), "x");
        }
        assertThat(memory.snapshot().totals().isZero()).isTrue();
        region.attach(63, SELF, "x");
        assertUnreadable(
                "has no slot free of 64, 1 of them of processes that live or have the region mapped, so that the"
                        + " figures of a further one would be missing; end them and delete it, use fewer processes a"
                        + " device, or " + EMBEDDED);
    }

    @Test
    void a_table_full_of_the_dead_is_refused_while_a_process_has_it_mapped() throws Exception {
        Child dead = Child.run(directory.resolve("errors").toFile(), List.of("true"));
        assertThat(dead.exitCode()).isZero();
        WrittenRegion region = WrittenRegion.create(directory, "5", 0);
        for (int slot = 0; slot < 64; slot++) {
            region.attach(slot, dead.pid(), "x");
        }
        try (FileChannel channel = FileChannel.open(region.file(), StandardOpenOption.READ)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, 4096);
            try {
                assertThatThrownBy(memory::snapshot).hasMessageContaining("has no slot free of 64, 1 of them");
            } finally {
                Reference.reachabilityFence(mapped);
            }
        }
    }

    @Test
    void what_is_a_fifo_or_a_link_by_the_time_it_is_opened_is_found_out_without_waiting() throws Exception {
        Path region = WrittenRegion.create(directory, "6", 0).file();
        Object key = RegionFile.key(region).orElseThrow();
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        Path link = Files.createSymbolicLink(directory.resolve("link"), region);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(RegionFile.openFile(file, key)).isNull();
            assertThatThrownBy(() -> RegionFile.openFile(link, key)).hasMessageContaining("is a link");
        });
    }

    /** Files of the same name that are exchanged all the time: none of them may be waited for. */
    @Test
    void a_fifo_that_takes_the_place_of_a_region_while_it_is_opened_is_never_waited_for() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Path good = WrittenRegion.create(directory, "6", 0).file();
        AtomicBoolean over = new AtomicBoolean();
        Thread exchanges = new Thread(() -> {
            for (int n = 0; !over.get(); n++) {
                try {
                    Path link = directory.resolve("link");
                    Files.deleteIfExists(link);
                    Files.createLink(link, n % 2 == 0 ? fifo : good);
                    Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        exchanges.start();
        try {
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                for (int n = 0; n < 2000; n++) {
                    try {
                        memory.snapshot();
                    } catch (TrackerException refused) {
                        assertThat(refused).hasMessageContaining(file.toString());
                    }
                }
            });
        } finally {
            over.set(true);
            exchanges.join();
        }
    }

    /** Where these tests may not give a file away it stays this user's, and counts. */
    @Test
    void a_region_of_another_user_is_left_out_and_named() throws Exception {
        WrittenRegion.create(directory, "6", 1).attach(0, SELF, "x").hold(0, 512);
        WrittenRegion.create(directory, "5", 0).attach(0, SELF, "x").hold(0, 4096);
        boolean given = Child.run(directory.resolve("errors").toFile(), List.of("chown", "4711", file.toString()))
                        .exitCode()
                == 0;
        assertThat(memory.snapshot().allocated(MemoryKind.DRAM)).isEqualTo(given ? 512 : 4608);
        assertThat(memory.description())
                .endsWith(given ? ", 1 device, without 1 region of other users" : ", 2 devices");
    }

    @Test
    void sums_that_leave_the_range_stay_at_its_end() throws IOException {
        WrittenRegion.create(directory, "5", 0)
                .attach(0, SELF, "x")
                .hold(0, Long.MAX_VALUE)
                .attach(1, SELF, "x")
                .hold(1, Long.MAX_VALUE);
        assertThat(memory.snapshot().allocated(MemoryKind.DRAM)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void one_region_that_cannot_be_read_makes_all_figures_unknown() throws IOException {
        WrittenRegion.create(directory, "4", 0).attach(0, SELF, "x").hold(0, 1);
        WrittenRegion.create(directory, "5", 1).putInt(0, 9);
        assertThatThrownBy(memory::snapshot).isInstanceOf(TrackerException.class);
        Files.delete(file);
        assertThat(memory.snapshot().allocated(MemoryKind.DRAM)).isEqualTo(1);
    }

    @Test
    void a_directory_that_is_not_there_is_refused() {
        Path missing = directory.resolve("none");
        assertThatThrownBy(() -> SharedMemoryTracker.open(missing, SharedMemoryTracker.ALL, Set.of()))
                .isInstanceOf(TrackerException.class)
                .hasMessage("what is allocated is not known: the directory " + missing
                        + " cannot be listed (java.nio.file.NoSuchFileException: " + missing
                        + "); tt.memory.check.shm.directory names the one the runtime writes to, /dev/shm as a rule");
    }

    @Test
    void a_directory_that_goes_makes_all_figures_unknown() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        try (SharedMemoryTracker gone = SharedMemoryTracker.open(other, SharedMemoryTracker.ALL, Set.of())) {
            MemoryTracker.Mark mark = gone.mark();
            Files.delete(other);
            assertThatThrownBy(() -> gone.since(mark))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining("the directory " + other + " cannot be listed");
        }
    }

    @Test
    void without_the_kernels_word_on_processes_nothing_can_be_told() {
        assertThatThrownBy(() -> SharedMemoryTracker.open(
                        directory, SharedMemoryTracker.ALL, Set.of(), new ProcFiles(directory), RetryLimit.DEFAULT))
                .isInstanceOf(TrackerException.class)
                .hasMessage("what is allocated is not known: the regions of " + directory
                        + " also hold what ended processes left, and " + directory
                        + " does not show which live; mount it, or use the embedded tracker"
                        + " (tt.memory.check.tracker=embedded)");
    }

    @Test
    void a_process_that_cannot_be_looked_at_makes_all_figures_unknown() throws IOException {
        Path proc = Files.createDirectories(directory.resolve("proc"));
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/stat"), "");
        Path regions = Files.createDirectory(directory.resolve("regions"));
        Files.createDirectories(proc.resolve("4711"));
        WrittenRegion.create(regions, "5", 0).attach(0, 4711, "x").hold(0, 1);
        try (SharedMemoryTracker blind = SharedMemoryTracker.open(
                regions, SharedMemoryTracker.ALL, Set.of(), new ProcFiles(proc), RetryLimit.DEFAULT)) {
            assertThatThrownBy(blind::snapshot)
                    .isInstanceOf(TrackerException.class)
                    .hasMessageStartingWith(
                            "what is allocated is not known: whether process 4711 lives cannot be found out (")
                    .hasMessageEndingWith("); the tracker needs to read /proc");
        }
    }
}
