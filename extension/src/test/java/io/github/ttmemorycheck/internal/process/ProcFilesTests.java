package io.github.ttmemorycheck.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcFilesTests {

    @TempDir
    Path root;

    private FakeProcess process() {
        return new FakeProcess(root, 17);
    }

    private ProcFiles files(String stat, String command) throws IOException {
        process().say("stat", stat).say("cmdline", command);
        return new ProcFiles(root);
    }

    @ParameterizedTest
    @CsvSource({"R,4242", "S,4242", "Z,-1", "X,-1", "x,-1"})
    void dead_processes_have_no_start(String state, long expected) throws IOException {
        assertThat(files(process().stat("a) b) (c", state, 4242), "").startTime(17))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"''", "17", "17 (a", "17 (a) S", "17 (a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 x 20"})
    void a_file_that_is_not_as_documented_tells_nothing(String stat) throws IOException {
        assertThat(files(stat, "").startTime(17)).isEqualTo(ProcFiles.UNREADABLE);
    }

    @Test
    void a_command_line_is_text_of_one_line_and_limited_length() throws IOException {
        assertThat(files("", "python3\0worker.py\0\0").command(17)).isEqualTo("python3 worker.py");
        assertThat(files("", "a\nb\u001b[31m").command(17)).isEqualTo("a?b?[31m");
        assertThat(files("", "x".repeat(9000)).command(17)).hasSize(200).endsWith("...");
    }

    @Test
    void nothing_is_known_where_there_are_no_such_files() {
        ProcFiles files = new ProcFiles(root.resolve("none"));
        assertThat(files.areThere()).isFalse();
        assertThat(files.startTime(17)).isEqualTo(ProcFiles.GONE);
        assertThat(files.command(17)).isEmpty();
        assertThat(files.arguments(17)).isEmpty();
        assertThat(files.isInUse(17)).isFalse();
        assertThat(files.hasEnded(17)).isTrue();
        assertThat(ProcFiles.ofThisSystem().startTime(ProcessHandle.current().pid()))
                .isPositive();
    }

    @Test
    void a_process_whose_first_thread_has_ended_lives() throws IOException {
        ProcFiles files = files(process().stat("a", "Z", 4242), "");
        Files.createDirectories(root.resolve("17/task/17"));
        Path second = Files.createDirectories(root.resolve("17/task/18"));
        assertThat(files.hasEnded(17)).isFalse();
        assertThat(files.startTime(17)).isEqualTo(4242);
        Files.delete(second);
        assertThat(files.hasEnded(17)).isTrue();
        assertThat(files.startTime(17)).isEqualTo(ProcFiles.GONE);
    }

    @Test
    void the_words_of_a_command_line_are_read_to_their_end() throws IOException {
        String longest = "x".repeat(9000);
        assertThat(files("", "java\0-cp\0" + longest + "\0").arguments(17)).containsExactly("java", "-cp", longest);
    }

    @Test
    void the_ancestors_of_a_process_begin_with_its_parent() throws Exception {
        Process child = new ProcessBuilder("sleep", "1000").start();
        try {
            assertThat(ProcFiles.ancestors(child.toHandle())).startsWith(ProcessHandle.current());
        } finally {
            child.destroyForcibly();
        }
    }
}
