package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcFilesTests {

    private static final String REST = " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4242 20 21";

    @TempDir
    Path root;

    private ProcFiles files(String stat, String command) throws IOException {
        Path process = Files.createDirectories(root.resolve("17"));
        Files.writeString(process.resolve("stat"), stat);
        Files.writeString(process.resolve("cmdline"), command);
        return new ProcFiles(root);
    }

    @ParameterizedTest
    @CsvSource({"R,4242", "S,4242", "Z,-1", "X,-1", "x,-1"})
    void dead_processes_have_no_start(String state, long expected) throws IOException {
        assertThat(files("17 (a) b) (c) " + state + REST, "").startTime(17)).isEqualTo(expected);
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
        ProcessTable table = new ProcessTable(files);
        TrackedProcess process = table.get(17);
        process.holdsOneMore();
        assertThat(table.endedWithBuffers()).isEmpty();
        assertThat(ProcFiles.ofThisSystem().startTime(Events.SELF)).isPositive();
    }

    @Test
    void another_process_of_the_same_number_is_another_process() throws IOException {
        Files.createDirectories(root.resolve("self"));
        Files.writeString(root.resolve("self").resolve("stat"), "");
        ProcessTable table = new ProcessTable(files("17 (a) S" + REST, "first"));
        TrackedProcess process = table.get(17);
        process.holdsOneMore();
        assertThat(table.endedWithBuffers()).isEmpty();
        files("17 (b) S" + REST.replace("4242", "9000"), "second");
        assertThat(table.endedWithBuffers()).containsExactly(process);
        process.connected();
        assertThat(table.endedWithBuffers()).isEmpty();
    }

    @Test
    void what_cannot_be_read_proves_no_end() throws IOException {
        Files.createDirectories(root.resolve("self"));
        Files.writeString(root.resolve("self").resolve("stat"), "");
        ProcessTable table = new ProcessTable(files("17 (a) S" + REST, "first"));
        TrackedProcess process = table.get(17);
        process.holdsOneMore();
        Path stat = root.resolve("17").resolve("stat");
        Files.delete(stat);
        assertThat(table.endedWithBuffers()).isEmpty();
        Files.delete(root.resolve("17").resolve("cmdline"));
        Files.delete(root.resolve("17"));
        assertThat(table.endedWithBuffers()).containsExactly(process);
    }
}
