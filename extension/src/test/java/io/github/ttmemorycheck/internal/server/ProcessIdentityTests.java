package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.process.FakeProcess;
import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.text.ProcessNames;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose a buffer is: the kernel says so, whatever a client calls itself. Real processes, also in a PID namespace. */
@Timeout(60)
class ProcessIdentityTests {

    @TempDir
    Path directory;

    private Path errors() {
        return directory.resolve("err");
    }

    @Test
    void a_client_that_calls_itself_by_another_number_is_the_process_that_connected() throws Exception {
        try (EmbeddedTracker tracker = EmbeddedTracker.start(directory.resolve("s"));
                Child child = Child.java(
                        errors(),
                        List.of(),
                        ChildProgram.class,
                        "hold-as",
                        directory.resolve("s").toString(),
                        "1")) {
            assertThat(child.readLine()).isEqualTo("held");
            MemorySnapshot snapshot = tracker.snapshot();

            assertThat(snapshot.buffers())
                    .hasSize(2)
                    .extracting(DeviceBuffer::processId)
                    .containsOnly(child.pid());
            assertThat(snapshot.commands().get(child.pid()))
                    .startsWith("(calls itself pid 1) ")
                    .contains("java");

            child.kill();
            assertThat(tracker.snapshot().buffers())
                    .as("it ended, and pid 1 lives")
                    .isEmpty();
        }
    }

    @Test
    void a_process_in_a_container_is_known_by_its_number_here_and_named_by_its_own() throws Exception {
        if (!Child.hasContainers()) {
            checkNamesByWhatTheKernelShows();
            return;
        }
        try (EmbeddedTracker tracker = EmbeddedTracker.start(directory.resolve("s"));
                Child first = Child.javaInContainer(
                        errors(),
                        ChildProgram.class,
                        "hold",
                        directory.resolve("s").toString());
                Child second = Child.javaInContainer(
                        errors(),
                        ChildProgram.class,
                        "hold",
                        directory.resolve("s").toString())) {
            assertThat(first.readLine()).isEqualTo("held");
            assertThat(second.readLine()).isEqualTo("held");
            MemorySnapshot snapshot = tracker.snapshot();

            assertThat(snapshot.buffers())
                    .as("the same addresses of two processes")
                    .hasSize(4);
            assertThat(snapshot.allocated(MemoryKind.DRAM)).isEqualTo(8192);
            assertThat(snapshot.commands()).hasSize(2);
            snapshot.commands().forEach((pid, command) -> {
                assertThat(ProcessHandle.of(pid).flatMap(ProcessHandle::parent).map(ProcessHandle::pid))
                        .hasValueSatisfying(parent -> assertThat(List.of((long) first.pid(), (long) second.pid()))
                                .contains(parent));
                assertThat(command)
                        .startsWith("(pid 1 in its own PID namespace) ")
                        .contains("java");
            });

            first.kill();
            Eventually.isTrue(
                    "what was in the first container is gone",
                    () -> tracker.snapshot().buffers().size() == 2);
        }
    }

    @Test
    void processes_of_other_namespaces_are_named_by_what_the_kernel_shows() throws IOException {
        checkNamesByWhatTheKernelShows();
    }

    private void checkNamesByWhatTheKernelShows() throws IOException {
        FakeProcess inner = new FakeProcess(directory, 4000);
        inner.say("stat", inner.stat("python3", "S", 77))
                .say("cmdline", "python3 worker.py")
                .say("status", "Name:\tpython3\nNSpid:\t4000\t12\t1\nThreads:\t1\n");
        ProcessTable table = new ProcessTable(FakeProcess.answering(directory));

        assertThat(table.get(4000, 1).command()).isEqualTo("(pid 1 in its own PID namespace) python3 worker.py");
        assertThat(table.get(4000, 1).processId()).isEqualTo(4000);
        assertThat(table.get(4000, 9).command()).isEqualTo("(calls itself pid 9) python3 worker.py");
        assertThat(table.get(4000, 4000).command()).isEqualTo("python3 worker.py");
        assertThat(table.get(4000, 1)).isSameAs(table.get(4000, 1)).isNotSameAs(table.get(4000, 9));
    }

    @Test
    void a_process_that_cannot_be_seen_lives_as_long_as_it_is_connected() {
        checkUnseenLivesWhileConnected();
    }

    private void checkUnseenLivesWhileConnected() {
        ProcessTable table = new ProcessTable(ProcFiles.ofThisSystem());
        Sender first = new Sender(table.get(0, 1));
        Sender second = new Sender(table.get(0, 1));
        first.process().holdsOneMore();
        second.process().holdsOneMore();

        assertThat(first.process()).isNotSameAs(second.process());
        assertThat(table.ended(true)).isEmpty();
        first.disconnect();
        assertThat(table.ended(false)).containsExactly(first.process());
        assertThat(new ProcessNames(
                                Map.of(
                                        second.process().processId(),
                                        second.process().command()),
                                1)
                        .name(second.process().processId(), 60))
                .isEqualTo("pid 1 of another PID namespace");
    }

    @Test
    void a_server_in_a_container_calls_clients_from_outside_what_they_are() throws Exception {
        if (!Child.hasContainers()) {
            checkUnseenLivesWhileConnected();
            return;
        }
        Path socket = directory.resolve("s");
        try (Child server = Child.javaInContainer(errors(), ChildProgram.class, "owners", socket.toString())) {
            assertThat(server.readLine()).isEqualTo("ready");
            try (TestClient client = new TestClient(socket, Generation.G1)) {
                client.send(Events.alloc(0, MemoryKind.DRAM, 1, 10));
                server.writeLine("?");
                assertThat(server.readLine()).isEqualTo("1 of [pid " + Events.SELF + " of another PID namespace]");
            }
            server.writeLine("?");
            assertThat(server.readLine()).isEqualTo("0 of []");
        }
    }
}
