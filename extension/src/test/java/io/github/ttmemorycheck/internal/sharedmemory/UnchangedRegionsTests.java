package io.github.ttmemorycheck.internal.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.process.FakeProcess;
import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of processes while the figures of their regions stay: told as the kernel would. */
@Timeout(60)
class UnchangedRegionsTests {

    @TempDir
    Path directory;

    private Path proc;
    private WrittenRegion region;
    private SharedMemoryTracker memory;

    @BeforeEach
    void open() throws IOException {
        proc = Files.createDirectory(directory.resolve("proc"));
        lives(1, "self");
        Files.createSymbolicLink(proc.resolve("self"), Path.of("1"));
        region = WrittenRegion.create(directory, "5", 0);
        memory = SharedMemoryTracker.open(
                directory, SharedMemoryTracker.ALL, Set.of(), new ProcFiles(proc), RetryLimit.DEFAULT);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private void lives(int process, String command) throws IOException {
        new FakeProcess(proc, process)
                .say("statm", "7 1 1 1 0 1 0\n")
                .say("stat", process + " (x) S 1\n")
                .say("cmdline", command);
    }

    /** A zombie: without memory, and its only thread has ended. */
    private void ends(int process) throws IOException {
        new FakeProcess(proc, process).say("statm", "0 0 0 0 0 0 0\n").say("stat", process + " (x) Z 1\n");
    }

    private long dram() {
        return memory.snapshot().allocated(MemoryKind.DRAM);
    }

    @Test
    void nothing_is_seen_while_nothing_happens() throws IOException {
        lives(17, "x");
        region.attach(0, 17, "x").hold(0, 4096);
        MemoryTracker.Mark before = memory.mark();
        long activity = memory.activity();
        assertThat(memory.since(before).isClean()).isTrue();
        assertThat(memory.since(before).after()).isEqualTo(before.totals());
        assertThat(memory.activity()).isEqualTo(activity);
        region.hold(1, 0);
        assertThat(memory.activity()).as("the header says that it changed").isEqualTo(activity + 1);
    }

    @Test
    void a_process_that_ends_is_noticed_once() throws IOException {
        lives(17, "x");
        region.attach(0, 17, "x").hold(0, 4096);
        MemoryTracker.Mark before = memory.mark();
        assertThat(memory.since(before).ended()).isEmpty();
        ends(17);
        for (int i = 0; i < 3; i++) {
            assertThat(memory.since(before).after().of(MemoryKind.DRAM)).isZero();
            assertThat(memory.since(before).ended())
                    .extracting(EndedProcess::processId)
                    .containsExactly(17);
        }
    }

    @Test
    void a_number_that_is_used_again_is_of_another_process() throws IOException {
        region.attach(0, 17, "gone").hold(0, 4096);
        MemoryTracker.Mark before = memory.mark();
        assertThat(memory.since(before).after().of(MemoryKind.DRAM)).isZero();
        lives(17, "new");
        assertThat(dram()).isEqualTo(4096);
        assertThat(memory.since(before).processes())
                .extracting(ProcessUse::command)
                .containsExactly("new");
    }

    @Test
    void processes_are_told_apart_whatever_their_numbers() throws IOException {
        for (int slot = 0; slot < 4; slot++) {
            lives(17 + slot * 64, "x" + slot);
            region.attach(slot, 17 + slot * 64, "x").hold(slot, 1L << slot);
        }
        assertThat(memory.snapshot().processes())
                .extracting(use -> use.held().of(MemoryKind.DRAM))
                .containsExactly(1L, 2L, 4L, 8L);
        ends(17 + 64);
        assertThat(dram()).isEqualTo(1 + 4 + 8);
    }

    @Test
    void a_name_that_is_written_late_is_found() throws IOException {
        lives(17, "");
        region.attach(0, 17, "").hold(0, 4096);
        assertThat(memory.snapshot().commands()).isEmpty();
        region.attach(0, 17, "late");
        assertThat(memory.snapshot().commands()).containsEntry(17, "late");
    }
}
