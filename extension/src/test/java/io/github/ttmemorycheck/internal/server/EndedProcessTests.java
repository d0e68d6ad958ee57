package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EndedProcessTests {

    @TempDir
    Path directory;

    private EmbeddedTracker server;

    @BeforeEach
    void start() {
        server = EmbeddedTracker.start(directory.resolve("s"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Child holder() throws IOException {
        Child child = Child.java(
                directory.resolve("err"),
                List.of(),
                ChildProgram.class,
                "hold",
                server.socket().toString());
        assertThat(child.readLine()).isEqualTo("held");
        return child;
    }

    @Test
    void what_a_killed_process_held_is_no_leak() throws Exception {
        try (MemoryTracker.Mark before = server.mark();
                Child child = holder();
                MemoryTracker.Mark between = server.mark()) {
            SnapshotDiff held = server.since(before);
            assertThat(held.left()).extracting(DeviceBuffer::processId).containsExactly(child.pid(), child.pid());
            assertThat(held.commands().get(child.pid())).contains("java -Xmx128m");
            child.kill();

            SnapshotDiff after = server.since(before);
            assertThat(after.isClean()).isTrue();
            assertThat(after.released()).isEmpty();
            assertThat(after.after().isZero()).isTrue();
            EndedProcess ended = after.ended().get(0);
            assertThat(ended.processId()).isEqualTo(child.pid());
            assertThat(ended.command()).contains("java");
            assertThat(ended.buffers()).isEqualTo(2);
            assertThat(ended.held().of(3, MemoryKind.DRAM)).isEqualTo(4096);

            SnapshotDiff later = server.since(between);
            assertThat(later.released()).extracting(DeviceBuffer::size).containsExactly(4096L, 2048L);
            assertThat(later.ended()).hasSize(1);
            try (MemoryTracker.Mark last = server.mark()) {
                assertThat(server.since(last).ended()).isEmpty();
            }
        }
    }

    @Test
    void a_process_that_ended_before_a_mark_is_found_at_the_mark() throws Exception {
        try (Child child = holder()) {
            child.kill();
            try (MemoryTracker.Mark mark = server.mark()) {
                assertThat(mark.totals().isZero()).isTrue();
                assertThat(server.since(mark).ended()).isEmpty();
            }
        }
    }

    @Test
    void a_zombie_has_ended() throws Exception {
        // The shell that is its parent becomes a program that never asks how it ended.
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String script = "\"" + java + "\" -cp \"" + System.getProperty("java.class.path") + "\" "
                + ChildProgram.class.getName() + " hold " + server.socket() + " < /dev/null & exec sleep 1000";
        try (Child shell = Child.run(directory.resolve("err").toFile(), List.of("sh", "-c", script))) {
            assertThat(shell.readLine()).isEqualTo("held");
            // Its input is at an end at once, and so is it: it is found among the children of the shell.
            int pid = Integer.parseInt(
                    Files.readString(Path.of("/proc/" + shell.pid() + "/task/" + shell.pid() + "/children"))
                            .strip());
            ProcFiles files = ProcFiles.ofThisSystem();
            Eventually.isTrue("it is a zombie", () -> state(pid).startsWith("Z"));
            Eventually.isTrue("its last thread has ended", () -> files.startTime(pid) == ProcFiles.GONE);
            assertThat(state(pid)).as("nobody has asked how it ended").startsWith("Z");
            assertThat(server.snapshot().buffers()).isEmpty();
        }
    }

    private static String state(int pid) {
        try {
            String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void a_process_without_a_connection_keeps_its_buffers_while_it_lives() throws Exception {
        try (Child child = holder()) {
            try (TestClient client = new TestClient(server.socket(), Generation.G1)) {
                client.send(Events.alloc(0, MemoryKind.DRAM, 1, 10, child.pid()));
                client.send(Events.alloc(0, MemoryKind.DRAM, 2, 20, Events.SELF));
                client.send(Events.alloc(0, MemoryKind.DRAM, 3, 30, 0));
                client.send(Events.alloc(0, MemoryKind.DRAM, 4, 40, -1));
            }
            assertThat(server.snapshot().allocated(0, MemoryKind.DRAM)).isEqualTo(100);
            child.kill();
            assertThat(server.snapshot().allocated(0, MemoryKind.DRAM)).isEqualTo(90);
        }
    }

    @Test
    void a_process_has_ended_whose_connection_outlives_it() throws Exception {
        try (Child child = holder();
                TestClient client = new TestClient(server.socket(), Generation.G1);
                MemoryTracker.Mark mark = server.mark()) {
            client.send(Events.alloc(0, MemoryKind.DRAM, 1, 10, child.pid()));
            client.send(Events.alloc(0, MemoryKind.DRAM, 2, 20, Events.SELF));
            assertThat(server.since(mark).left()).hasSize(2);
            child.kill();

            assertThat(server.since(mark).left()).extracting(DeviceBuffer::size).containsExactly(20L);
            assertThat(server.since(mark).ended())
                    .extracting(EndedProcess::processId)
                    .containsExactly(child.pid());
            // What comes for that number later is of nobody that the kernel knew: only its connection speaks for it.
            client.send(Events.alloc(0, MemoryKind.DRAM, 3, 30, child.pid()));
            assertThat(server.snapshot().allocated(0, MemoryKind.DRAM)).isEqualTo(50);
        }
    }

    @Test
    void a_question_counts_no_memory_of_a_process_whose_connection_outlives_it() throws Exception {
        try (Child child = holder();
                TestClient client = new TestClient(server.socket(), Generation.G1)) {
            client.send(Events.alloc(0, MemoryKind.DRAM, 1, 10, child.pid()));
            assertThat(client.query(0).dram()).isEqualTo(10);
            child.kill();

            assertThat(client.query(0).dram()).isZero();
        }
    }

    @Test
    void a_number_that_no_process_has_ends_with_its_connection() throws IOException {
        int nobody = 0x7fffffff;
        try (TestClient client = new TestClient(server.socket(), Generation.G1)) {
            client.send(Events.alloc(0, MemoryKind.DRAM, 1, 10, nobody));
            assertThat(server.snapshot().buffers()).hasSize(1);
        }
        assertThat(server.snapshot().buffers()).isEmpty();
    }
}
