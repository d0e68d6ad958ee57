package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.process.FakeProcess;
import io.github.ttmemorycheck.internal.process.ProcFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTests {

    @TempDir
    Path root;

    private ProcessTable table;
    private TrackedProcess process;

    private FakeProcess fake() {
        return new FakeProcess(root, 17);
    }

    @BeforeEach
    void holdSomething() throws IOException {
        fake().say("stat", fake().stat("a", "S", 4242)).say("cmdline", "first");
        table = new ProcessTable(FakeProcess.answering(root));
        process = table.get(17, 17);
        process.holdsOneMore();
        assertThat(table.ended(false)).isEmpty();
    }

    @Test
    void nothing_ends_where_the_kernel_says_nothing() {
        ProcessTable none = new ProcessTable(new ProcFiles(root.resolve("none")));
        none.get(17, 17).holdsOneMore();
        assertThat(none.ended(false)).isEmpty();
    }

    @Test
    void another_process_of_the_same_number_is_another_process() throws IOException {
        fake().say("stat", fake().stat("b", "S", 9000)).say("cmdline", "second");
        assertThat(table.ended(false)).containsExactly(process);
        process.connected();
        assertThat(table.ended(false)).isEmpty();
    }

    @Test
    void what_cannot_be_read_proves_no_end() throws IOException {
        Files.delete(fake().directory().resolve("stat"));
        assertThat(table.ended(false)).isEmpty();
        Files.delete(fake().directory().resolve("cmdline"));
        Files.delete(fake().directory());
        assertThat(table.ended(false)).containsExactly(process);
    }
}
