package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTests {

    private static final String REST = " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4242 20 21";

    @TempDir
    Path root;

    private ProcFiles files(String stat, String command) throws IOException {
        Path process = Files.createDirectories(root.resolve("17"));
        Files.writeString(process.resolve("stat"), stat);
        Files.writeString(process.resolve("cmdline"), command);
        return new ProcFiles(root);
    }

    @Test
    void nothing_ends_where_the_kernel_says_nothing() {
        ProcessTable table = new ProcessTable(new ProcFiles(root.resolve("none")));
        TrackedProcess process = table.get(17);
        process.holdsOneMore();
        assertThat(table.ended(false)).isEmpty();
    }

    @Test
    void another_process_of_the_same_number_is_another_process() throws IOException {
        Files.createDirectories(root.resolve("self"));
        Files.writeString(root.resolve("self").resolve("stat"), "");
        ProcessTable table = new ProcessTable(files("17 (a) S" + REST, "first"));
        TrackedProcess process = table.get(17);
        process.holdsOneMore();
        assertThat(table.ended(false)).isEmpty();
        files("17 (b) S" + REST.replace("4242", "9000"), "second");
        assertThat(table.ended(false)).containsExactly(process);
        process.connected();
        assertThat(table.ended(false)).isEmpty();
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
        assertThat(table.ended(false)).isEmpty();
        Files.delete(root.resolve("17").resolve("cmdline"));
        Files.delete(root.resolve("17"));
        assertThat(table.ended(false)).containsExactly(process);
    }
}
