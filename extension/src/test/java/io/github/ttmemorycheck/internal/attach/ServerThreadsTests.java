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
    @CsvSource({"S, true", "R, false", "D, false", "T, true", "Z, true", "I, true"})
    void a_thread_that_is_ready_to_run_is_busy(String state, boolean waits) throws IOException {
        thread(7, "7 (server) S 1 7 7");
        thread(8, "8 (a) R (b) " + state + " 1 7 7");
        assertThat(new ServerThreads(directory).allWait(7)).isEqualTo(waits);
    }

    @Test
    void what_cannot_be_told_holds_nobody_up() throws IOException {
        assertThat(new ServerThreads(directory).allWait(9)).isTrue();
        thread(7, "");
        Files.createDirectories(directory.resolve("7/task/8"));
        assertThat(new ServerThreads(directory).allWait(7)).isTrue();
    }

    @Test
    void a_process_that_computes_is_told_from_one_that_waits() throws Exception {
        ServerThreads threads = ServerThreads.ofThisSystem();
        List<String> command = List.of("sh", "-c", "read line; while :; do :; done");
        try (Child child = Child.run(directory.resolve("errors").toFile(), command)) {
            Eventually.isTrue("it waits for its input", () -> threads.allWait(child.pid()));
            child.writeLine("go");
            Eventually.isTrue("it computes", () -> !threads.allWait(child.pid()));
        }
    }
}
