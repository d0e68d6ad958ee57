package io.github.ttmemorycheck.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ProcessThreadsTests {

    @TempDir
    Path directory;

    private ProcessThreads threads;

    @BeforeEach
    void look() {
        threads = new ProcessThreads(new ProcFiles(directory));
    }

    @AfterEach
    void close() {
        threads.close();
    }

    private FakeProcess told() {
        return new FakeProcess(directory, 7);
    }

    private static ProcessThreads.Look look(ProcessThreads.Work work, String... ran) {
        return new ProcessThreads.Look(work, Set.of(ran));
    }

    @ParameterizedTest
    @CsvSource({"S, NONE", "R, SOME", "D, SOME", "T, STOPPED", "t, STOPPED", "Z, NONE", "I, NONE"})
    void a_thread_that_is_ready_to_run_is_busy(String state, ProcessThreads.Work work) throws IOException {
        told().say(7, "S", 2, 1);
        told().say(8, state, 2, 1);
        assertThat(threads.look(7).work()).isEqualTo(work);
    }

    @Test
    void a_thread_that_sleeps_until_its_output_is_read_is_busy() throws IOException {
        told().say(7, "S", 1, 1);
        told().sleepsIn(7, "anon_pipe_write");
        assertThat(threads.look(7).work()).isEqualTo(ProcessThreads.Work.SOME);
        assertThat(threads.look(7)).as("it has not run since").isEqualTo(look(ProcessThreads.Work.SOME));
        told().say(7, "S", 1, 2);
        told().sleepsIn(7, "unix_stream_read_generic");
        assertThat(threads.look(7)).isEqualTo(look(ProcessThreads.Work.NONE, "7"));
    }

    @Test
    void what_cannot_be_told_is_said_to_be_unknown() throws IOException {
        ProcessThreads.Look unknown = new ProcessThreads.Look(ProcessThreads.Work.UNKNOWN, null);
        assertThat(threads.look(9)).isEqualTo(unknown);
        told().say(7, "");
        assertThat(threads.look(7)).isEqualTo(unknown);
        told().say(7, "S", 2, 1);
        assertThat(threads.look(7)).as("one of its threads cannot be seen").isEqualTo(unknown);
    }

    @Test
    void a_thread_that_was_taken_from_its_cpu_has_run() throws IOException {
        told().say(7, "S", 2, 1);
        told().say(8, "S", 2, 1);
        assertThat(threads.look(7).ran()).as("nothing to compare with").isNull();
        assertThat(threads.look(7).ran()).isEmpty();
        told().say(8, "S", 2, 2);
        assertThat(threads.look(7)).isEqualTo(look(ProcessThreads.Work.NONE, "8"));
        assertThat(threads.look(7).ran()).isEmpty();
        assertThat(threads.ids()).containsExactlyInAnyOrder("7", "8");
    }

    @Test
    void a_thread_that_came_counts_as_run() throws IOException {
        told().say(7, "S", 1, 1);
        threads.look(7);
        assertThat(threads.look(7).ran()).isEmpty();
        told().say(7, "S", 2, 1);
        told().say(8, "R", 2, 1);
        assertThat(threads.look(7)).isEqualTo(new ProcessThreads.Look(ProcessThreads.Work.SOME, null));
    }

    @Test
    void more_threads_than_files_should_be_open_are_not_looked_at() throws IOException {
        for (int number = 1; number <= 257; number++) {
            told().say(number, "S", 257, 1);
        }
        assertThat(threads.look(7).work()).isEqualTo(ProcessThreads.Work.UNKNOWN);
    }

    @Test
    void a_process_that_computes_is_told_from_one_that_waits() throws Exception {
        List<String> command = List.of("sh", "-c", "read line; echo woken; read line; while :; do :; done");
        try (ProcessThreads system = ProcessThreads.ofThisSystem();
                Child child = Child.run(directory.resolve("errors").toFile(), command)) {
            Eventually.isTrue(
                    "it waits for its input", () -> system.look(child.pid()).equals(look(ProcessThreads.Work.NONE)));
            child.writeLine("wake up");
            assertThat(child.readLine()).isEqualTo("woken");
            assertThat(system.look(child.pid()).ran())
                    .as("it ran, and may wait again")
                    .hasSize(1);
            child.writeLine("go");
            Eventually.isTrue("it computes", () -> system.look(child.pid()).work() == ProcessThreads.Work.SOME);
        }
    }

    @Test
    void what_is_watched_is_let_go_of() throws Exception {
        Path files = Path.of("/proc/self/fd");
        ProcessThreads system = ProcessThreads.ofThisSystem();
        system.look((int) ProcessHandle.current().pid());
        assertThat(opened(files)).isPositive();
        system.close();
        assertThat(opened(files)).isZero();
    }

    private static long opened(Path files) throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            return all.filter(file -> {
                        try {
                            return Files.readSymbolicLink(file).toString().endsWith("/status");
                        } catch (IOException closed) {
                            return false;
                        }
                    })
                    .count();
        }
    }
}
