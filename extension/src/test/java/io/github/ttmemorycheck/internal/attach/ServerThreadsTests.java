package io.github.ttmemorycheck.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ServerThreadsTests {

    @TempDir
    Path directory;

    private ServerThreads threads;

    @BeforeEach
    void look() {
        threads = new ServerThreads(directory);
    }

    @AfterEach
    void close() {
        threads.close();
    }

    private void thread(int number, String stat, String scheduled) throws IOException {
        new FakeThreads(directory, 7).say(number, stat, scheduled);
    }

    @ParameterizedTest
    @CsvSource({"S, NONE", "R, SOME", "D, SOME", "T, UNKNOWN", "t, UNKNOWN", "Z, NONE", "I, NONE"})
    void a_thread_that_is_ready_to_run_is_busy(String state, ServerThreads.Work work) throws IOException {
        thread(7, FakeThreads.stat("server", "S", 2), "1 2 3\n");
        thread(8, FakeThreads.stat("a) R (b", state, 2), "1 2 3\n");
        assertThat(threads.look(7).work()).isEqualTo(work);
    }

    @Test
    void what_cannot_be_told_is_said_to_be_unknown() throws IOException {
        ServerThreads.Look unknown = new ServerThreads.Look(ServerThreads.Work.UNKNOWN, ServerThreads.Look.MANY, "");
        assertThat(threads.look(9)).isEqualTo(unknown);
        thread(7, "", "");
        assertThat(threads.look(7)).isEqualTo(unknown);
        thread(7, FakeThreads.stat("server", "S", 2), "");
        assertThat(threads.look(7)).as("one of its threads cannot be seen").isEqualTo(unknown);
    }

    @Test
    void a_thread_whose_counters_moved_has_run() throws IOException {
        thread(7, FakeThreads.stat("server", "S", 2), "100 0 1\n");
        thread(8, FakeThreads.stat("server", "S", 2), "100 0 1\n");
        assertThat(threads.look(7).ran()).as("nothing to compare with").isEqualTo(ServerThreads.Look.MANY);
        assertThat(threads.look(7).ran()).isZero();
        thread(8, FakeThreads.stat("server", "S", 2), "250 0 2\n");
        assertThat(threads.look(7)).isEqualTo(new ServerThreads.Look(ServerThreads.Work.NONE, 1, "8"));
        assertThat(threads.look(7).ran()).isZero();
        assertThat(threads.ids()).containsExactlyInAnyOrder("7", "8");
    }

    @Test
    void where_the_system_does_not_count_every_thread_may_have_run() throws IOException {
        thread(7, FakeThreads.stat("server", "S", 2), "0 0 0\n");
        thread(8, FakeThreads.stat("server", "S", 2), "0 0 0\n");
        threads.look(7);
        assertThat(threads.look(7).ran()).isEqualTo(2);
    }

    @Test
    void a_thread_that_came_counts_as_run() throws IOException {
        thread(7, FakeThreads.stat("server", "S", 1), "100 0 1\n");
        threads.look(7);
        assertThat(threads.look(7).ran()).isZero();
        thread(7, FakeThreads.stat("server", "S", 2), "100 0 1\n");
        thread(8, FakeThreads.stat("server", "R", 2), "100 0 1\n");
        assertThat(threads.look(7))
                .isEqualTo(new ServerThreads.Look(ServerThreads.Work.SOME, ServerThreads.Look.MANY, ""));
    }

    @Test
    void more_threads_than_files_should_be_open_are_not_looked_at() throws IOException {
        for (int number = 1; number <= 257; number++) {
            thread(number, FakeThreads.stat("server", "S", 257), "100 0 1\n");
        }
        assertThat(threads.look(7).work()).isEqualTo(ServerThreads.Work.UNKNOWN);
    }

    @Test
    void a_process_that_computes_is_told_from_one_that_waits() throws Exception {
        List<String> command = List.of("sh", "-c", "read line; echo woken; read line; while :; do :; done");
        try (ServerThreads system = ServerThreads.ofThisSystem();
                Child child = Child.run(directory.resolve("errors").toFile(), command)) {
            Eventually.isTrue(
                    "it waits for its input",
                    () -> system.look(child.pid()).equals(new ServerThreads.Look(ServerThreads.Work.NONE, 0, "")));
            child.writeLine("wake up");
            assertThat(child.readLine()).isEqualTo("woken");
            assertThat(system.look(child.pid()).ran())
                    .as("it ran, and may wait again")
                    .isEqualTo(1);
            child.writeLine("go");
            Eventually.isTrue("it computes", () -> system.look(child.pid()).work() == ServerThreads.Work.SOME);
        }
    }

    @Test
    void what_is_watched_is_let_go_of() throws Exception {
        Path files = Path.of("/proc/self/fd");
        ServerThreads system = ServerThreads.ofThisSystem();
        system.look((int) ProcessHandle.current().pid());
        assertThat(opened(files)).isPositive();
        system.close();
        assertThat(opened(files)).isZero();
    }

    private static long opened(Path files) throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            return all.filter(file -> {
                        try {
                            return Files.readSymbolicLink(file).toString().endsWith("/schedstat");
                        } catch (IOException closed) {
                            return false;
                        }
                    })
                    .count();
        }
    }
}
