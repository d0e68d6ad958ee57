package io.github.ttmemorycheck.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.attach.ServerTracker;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Eventually;
import io.github.ttmemorycheck.internal.server.Python;
import io.github.ttmemorycheck.internal.server.Reporter;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ServerProgramTests {

    private static final int SIGTERM = 143;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        try (PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            return new ServerProgram(toOut, toErr).run(List.of(arguments));
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Child program(List<String> options, Path socket) throws IOException {
        Child program =
                Child.java(directory.resolve("err"), options, AllocationServer.class, "--socket", socket.toString());
        assertThat(program.readLine()).isEqualTo("listening at " + socket);
        return program;
    }

    @ParameterizedTest
    @CsvSource({
        "--sockets, there is no argument '--sockets'",
        "x, there is no argument 'x'",
        "--socket, --socket needs a path behind it",
        "--socket=, '--socket takes a path, not an empty text'"
    })
    void a_bad_argument_is_named_with_what_is_allowed(String argument, String message) {
        assertThat(run(argument)).isEqualTo(2);
        assertThat(text(err)).isEqualToIgnoringNewLines(message + "; allowed are --socket PATH, --monitor and --help");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void help_says_where_it_listens() {
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("[--socket PATH]", "/tmp/tt_allocation_server.sock");
    }

    @Test
    void a_start_that_fails_says_why() throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "x");
        assertThat(run("--socket=" + file)).isEqualTo(1);
        assertThat(text(err))
                .contains("the allocation server cannot listen at " + file + ": there is a regular file")
                .contains("remove it or name another path with --socket")
                .doesNotContain("tt.memory.check.socket");
    }

    @Test
    void serves_until_it_is_told_to_end_and_leaves_nothing() throws Exception {
        Path socket = directory.resolve("s");
        try (Child program = program(List.of(), socket)) {
            program.process().destroy();
            assertThat(program.exitCode()).isEqualTo(SIGTERM);
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void its_exit_code_tells_a_bad_argument() throws Exception {
        try (Child program =
                Child.java(directory.resolve("err"), List.of(), AllocationServer.class, "--help", "--nonsense")) {
            assertThat(program.exitCode()).isZero();
        }
        try (Child program = Child.java(directory.resolve("err"), List.of(), AllocationServer.class, "--nonsense")) {
            assertThat(program.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void a_dump_that_is_asked_for_is_logged_for_people() throws Exception {
        Path socket = directory.resolve("s");
        try (Child program = program(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=info"), socket);
                AllocationClient client = AllocationClient.connect(socket)) {
            client.allocate(0, MemoryKind.DRAM, 0x3FFFF800, 12288);
            client.requestDump();
            Eventually.isTrue("the dump is there", () -> errors().contains("pid "));
            assertThat(errors())
                    .contains("Device memory held: 1 buffer on 1 device\n  device 0: DRAM 12 KiB in 1 buffer\n")
                    .contains("DRAM             0x3ffff800          12 KiB      ref_count 1   pid "
                            + ProcessHandle.current().pid() + " ");
            assertThat(program.process().isAlive()).isTrue();
        }
    }

    @Test
    void events_are_logged_at_trace_level() throws Exception {
        Path socket = directory.resolve("s");
        try (Child program = program(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace"), socket);
                AllocationClient client = AllocationClient.connect(socket)) {
            client.allocate(7, MemoryKind.L1, 0x1000, 64);
            String event = "pid " + ProcessHandle.current().pid() + ": ALLOC device 7 id 0x1000 size 64";
            Eventually.isTrue("the event is there", () -> errors().contains(event));
            assertThat(program.process().isAlive()).isTrue();
        }
    }

    @Test
    void several_processes_in_several_languages_are_served_at_once() throws Exception {
        Path socket = directory.resolve("s");
        try (Child program = program(List.of(), socket);
                Reporter first = Reporter.child(directory, socket, 72);
                Reporter second = Reporter.child(directory, socket, 144);
                Child script = Python.run(
                        directory.resolve("err").toFile(), PythonClientTests.SCRIPT, "client", socket.toString());
                ServerTracker watching = ServerTracker.attach(socket)) {
            assertThat(script.readLine()).isEqualTo("(12288, 4096, 0, 0) (0, 0, 2048, 0)");
            assertThat(script.readLine()).isEqualTo("(12288, 0, 0, 0)");
            first.tell("hold 100");
            second.tell("flood 1000");
            second.tell("hold 100");
            MemorySnapshot held = watching.snapshot();
            assertThat(held.allocated(0, MemoryKind.DRAM)).isEqualTo(12288);
            assertThat(held.allocated(2, MemoryKind.DRAM)).isEqualTo(200);
            assertThat(held.buffers())
                    .extracting(DeviceBuffer::processId)
                    .containsExactlyInAnyOrder(script.pid(), script.pid(), (int) first.pid(), (int) second.pid());
            first.kill();
            program.process().destroy();
            assertThat(program.exitCode()).isEqualTo(SIGTERM);
        }
        assertThat(socket).doesNotExist();
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("err"));
        } catch (IOException e) {
            return "";
        }
    }
}
