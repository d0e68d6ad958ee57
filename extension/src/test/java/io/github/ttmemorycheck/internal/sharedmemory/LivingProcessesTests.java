package io.github.ttmemorycheck.internal.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.process.FakeProcess;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Eventually;
import io.github.ttmemorycheck.internal.server.Python;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose memory counts: that of living processes that are looked at. */
@Timeout(60)
class LivingProcessesTests {

    private static final int SELF = (int) ProcessHandle.current().pid();
    private static final int NOBODY = 0x7fff_fff0;

    @TempDir
    Path directory;

    private SharedMemoryTracker memory;
    private WrittenRegion region;

    @BeforeEach
    void open() throws IOException {
        memory = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of());
        region = WrittenRegion.create(directory, "5", 0);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private long dram() {
        return memory.snapshot().allocated(MemoryKind.DRAM);
    }

    private Child child(String... command) throws IOException {
        return Child.run(directory.resolve("errors").toFile(), List.of(command));
    }

    @Test
    void processes_are_listed_with_what_they_hold() throws IOException {
        try (Child child = child("sleep", "1000")) {
            region.attach(3, SELF, "x").hold(3, 4096);
            region.attach(1, child.pid(), "y").hold(1, 0, 64);
            WrittenRegion.create(directory, "6", 1).attach(0, child.pid(), "y").hold(0, 5);
            List<ProcessUse> processes = memory.snapshot().processes();
            assertThat(processes).hasSize(2).isSortedAccordingTo(Comparator.comparingInt(ProcessUse::processId));
            ProcessUse use = processes.stream()
                    .filter(process -> process.processId() == child.pid())
                    .findFirst()
                    .orElseThrow();
            assertThat(use.command()).isEqualTo("sleep 1000");
            assertThat(use.held()).hasToString("MemoryTotals[device 0: L1 64 B; device 1: DRAM 5 B; ]");
        }
    }

    @Test
    void what_a_killed_process_left_does_not_count_and_is_reported_once() throws Exception {
        MemoryTracker.Mark before = memory.mark();
        try (Child child = child("sleep", "1000")) {
            region.attach(0, child.pid(), "worker").hold(0, 4096, 64);
            region.attach(1, SELF, "x").hold(1, 100);
            assertThat(memory.since(before).left(0, MemoryKind.DRAM)).isEqualTo(4196);
            child.kill();
            SnapshotDiff diff = memory.since(before);
            assertThat(diff.left(0, MemoryKind.DRAM)).isEqualTo(100);
            assertThat(diff.ended()).hasSize(1);
            EndedProcess ended = diff.ended().get(0);
            assertThat(ended.processId()).isEqualTo(child.pid());
            assertThat(ended.command()).isEqualTo("sleep 1000");
            assertThat(ended.buffers()).isZero();
            assertThat(ended.held()).hasToString("MemoryTotals[device 0: DRAM 4 KiB L1 64 B; ]");
            assertThat(memory.since(before).ended()).isEqualTo(diff.ended());
            MemoryTracker.Mark after = memory.mark();
            assertThat(memory.since(after).ended()).isEmpty();
            after.close();
            region.attach(0, 0, "").hold(0, 0, 0);
            assertThat(memory.since(before).ended()).isEqualTo(diff.ended());
        }
    }

    @Test
    void a_process_that_was_never_seen_alive_is_reported_by_the_name_in_its_slot() throws IOException {
        region.attach(0, NOBODY, "old").hold(0, 1);
        MemoryTracker.Mark before = memory.mark();
        region.attach(1, NOBODY - 1, "wor\tker " + "x".repeat(80)).hold(1, 4096);
        SnapshotDiff diff = memory.since(before);
        assertThat(diff.after().of(MemoryKind.DRAM)).isZero();
        assertThat(diff.ended()).extracting(EndedProcess::processId).containsExactly(NOBODY - 1);
        assertThat(diff.ended().get(0).command()).isEqualTo("wor?ker " + "x".repeat(56));
    }

    @Test
    void one_that_ended_and_held_nothing_is_not_worth_a_word() throws IOException {
        MemoryTracker.Mark before = memory.mark();
        region.attach(0, NOBODY, "clean");
        assertThat(memory.since(before).ended()).isEmpty();
    }

    @Test
    void a_zombie_has_ended() throws Exception {
        try (Child parent = child("sh", "-c", "sleep 0.01 & exec sleep 1000")) {
            Path children = Path.of("/proc/" + parent.pid() + "/task/" + parent.pid() + "/children");
            Eventually.isTrue("it has a child", () -> !read(children).isBlank());
            int zombie = Integer.parseInt(read(children).strip());
            region.attach(0, zombie, "zombie").hold(0, 4096);
            Eventually.isTrue(
                    "it is a zombie",
                    () -> read(Path.of("/proc/" + zombie + "/stat")).contains(") Z "));
            MemoryTracker.Mark before = memory.mark();
            assertThat(before.totals().of(MemoryKind.DRAM)).isZero();
            assertThat(memory.since(before).ended()).isEmpty();
            assertThat(dram()).isZero();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }

    @Test
    void a_process_whose_first_thread_has_ended_lives() throws Exception {
        if (Python.isThere()) {
            aProcessWhoseFirstThreadHasEndedLives();
        } else {
            // A JVM keeps its first thread: what the kernel would tell is written instead.
            asTheKernelTellsIt();
        }
    }

    private void asTheKernelTellsIt() throws IOException {
        Path proc = Files.createDirectories(directory.resolve("proc"));
        FakeProcess process =
                new FakeProcess(proc, 17).say("statm", "0 0 0 0 0 0 0\n").say("stat", "17 (a b) Z 1 17\n");
        Files.createDirectories(process.directory().resolve("task/17"));
        Path second = Files.createDirectory(process.directory().resolve("task/18"));
        region.attach(0, 17, "x").hold(0, 4096);
        try (SharedMemoryTracker told = SharedMemoryTracker.open(
                directory, SharedMemoryTracker.ALL, Set.of(), FakeProcess.answering(proc), RetryLimit.DEFAULT)) {
            assertThat(told.snapshot().allocated(MemoryKind.DRAM)).isEqualTo(4096);
            Files.delete(second);
            assertThat(told.snapshot().allocated(MemoryKind.DRAM)).isZero();
        }
    }

    private void aProcessWhoseFirstThreadHasEndedLives() throws Exception {
        String script = """
                import ctypes, threading, time
                threading.Thread(target=time.sleep, args=(1000,)).start()
                print('started', flush=True)
                ctypes.CDLL(None).pthread_exit(None)
                """;
        try (Child child = child("python3", "-c", script)) {
            assertThat(child.readLine()).isEqualTo("started");
            Path stat = Path.of("/proc/" + child.pid() + "/stat");
            Eventually.isTrue("its first thread has ended", () -> read(stat).contains(") Z "));
            region.attach(0, child.pid(), "x").hold(0, 4096);
            assertThat(dram()).isEqualTo(4096);
            child.kill();
            assertThat(dram()).isZero();
        }
    }

    @Test
    void a_slot_that_is_being_released_does_not_count() throws IOException {
        region.attach(0, -1, "x")
                .hold(0, 4096)
                .attach(1, Integer.MIN_VALUE, "x")
                .hold(1, 4096);
        region.attach(2, SELF, "x").hold(2, 7);
        MemoryTracker.Mark before = memory.mark();
        assertThat(before.totals().of(MemoryKind.DRAM)).isEqualTo(7);
        region.attach(2, -SELF, "x");
        SnapshotDiff diff = memory.since(before);
        assertThat(diff.after().of(MemoryKind.DRAM)).isZero();
        assertThat(diff.ended()).isEmpty();
        assertThat(diff.isClean()).isTrue();
    }

    @Test
    void processes_that_are_not_looked_at_do_not_count() throws Exception {
        try (Child child = child("sleep", "1000");
                SharedMemoryTracker own = SharedMemoryTracker.open(directory, pid -> pid == SELF, Set.of())) {
            region.attach(0, SELF, "x").hold(0, 7).attach(1, child.pid(), "y").hold(1, 4096);
            MemoryTracker.Mark before = own.mark();
            assertThat(before.totals().of(MemoryKind.DRAM)).isEqualTo(7);
            assertThat(own.snapshot().processes())
                    .extracting(ProcessUse::processId)
                    .containsExactly(SELF);
            assertThat(own.snapshot().commands()).containsOnlyKeys(SELF);
            long activity = own.activity();
            region.hold(1, 5000, -1);
            assertThat(own.activity()).isEqualTo(activity);
            child.kill();
            SnapshotDiff diff = own.since(before);
            assertThat(diff.isClean()).isTrue();
            assertThat(diff.ended()).isEmpty();
        }
    }

    @Test
    void whether_a_process_is_looked_at_is_asked_once() throws Exception {
        int[] asked = {0};
        try (Child child = child("sleep", "1000");
                SharedMemoryTracker own = SharedMemoryTracker.open(directory, pid -> ++asked[0] == 1, Set.of())) {
            region.attach(0, child.pid(), "x").hold(0, 4096);
            MemoryTracker.Mark before = own.mark();
            assertThat(own.since(before).after().of(MemoryKind.DRAM)).isEqualTo(4096);
            child.kill();
            assertThat(own.since(before).ended()).hasSize(1);
            assertThat(asked[0]).isEqualTo(1);
        }
    }

    @Test
    void what_one_process_frees_hides_nothing_that_another_leaves() throws IOException {
        try (Child child = child("sleep", "1000")) {
            region.attach(0, child.pid(), "x").hold(0, 4096);
            region.attach(1, SELF, "y").hold(1, 0);
            MemoryTracker.Mark before = memory.mark();
            region.hold(0, 0).hold(1, 64);
            SnapshotDiff diff = memory.since(before);
            assertThat(diff.before().of(0, MemoryKind.DRAM)).isEqualTo(4096);
            assertThat(diff.after().of(0, MemoryKind.DRAM)).isEqualTo(64);
            assertThat(diff.left(0, MemoryKind.DRAM)).isEqualTo(64);
            assertThat(diff.isClean()).isFalse();
            assertThat(diff.processes()).extracting(ProcessUse::processId).containsExactly(SELF);
        }
    }

    @Test
    void a_process_that_detaches_and_comes_back_is_the_same() throws IOException {
        region.attach(0, SELF, "x").hold(0, 4096);
        MemoryTracker.Mark before = memory.mark();
        region.attach(0, 0, "");
        assertThat(memory.since(before).after().of(MemoryKind.DRAM)).isZero();
        region.attach(9, SELF, "x").hold(9, 4100);
        assertThat(memory.since(before).left(0, MemoryKind.DRAM)).isEqualTo(4);
    }
}
