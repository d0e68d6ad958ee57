package io.github.ttmemorycheck.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ServerThreadsTests {

    @TempDir
    Path directory;

    private void thread(int number, String stat) throws IOException {
        Path thread = Files.createDirectories(directory.resolve("7/task/" + number));
        Files.writeString(thread.resolve("stat"), stat);
    }

    @ParameterizedTest
    @CsvSource({"S, NONE", "R, SOME", "D, SOME", "T, NONE", "Z, NONE", "I, NONE"})
    void a_thread_that_is_ready_to_run_is_busy(String state, ServerThreads.Work work) throws IOException {
        thread(7, "7 (server) S 1 7 7");
        thread(8, "8 (a) R (b) " + state + " 1 7 7");
        assertThat(new ServerThreads(directory).of(7)).isEqualTo(work);
    }

    @Test
    void what_cannot_be_told_is_said_to_be_unknown() throws IOException {
        assertThat(new ServerThreads(directory).of(9)).isEqualTo(ServerThreads.Work.UNKNOWN);
        thread(7, "");
        Files.createDirectories(directory.resolve("7/task/8"));
        assertThat(new ServerThreads(directory).of(7)).isEqualTo(ServerThreads.Work.UNKNOWN);
    }

    @Test
    void a_process_that_computes_is_told_from_one_that_waits() throws Exception {
        ServerThreads threads = ServerThreads.ofThisSystem();
        List<String> command = List.of("sh", "-c", "read line; while :; do :; done");
        try (Child child = Child.run(directory.resolve("errors").toFile(), command)) {
            Eventually.isTrue("it waits for its input", () -> threads.of(child.pid()) == ServerThreads.Work.NONE);
            child.writeLine("go");
            Eventually.isTrue("it computes", () -> threads.of(child.pid()) == ServerThreads.Work.SOME);
        }
    }
}
