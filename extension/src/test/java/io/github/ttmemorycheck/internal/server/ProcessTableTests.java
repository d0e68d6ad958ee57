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

    private void start(int number, int parent, long startTime) throws IOException {
        FakeProcess started = new FakeProcess(root, number);
        started.say("stat", started.stat("c", "S", parent, startTime));
    }

    @Test
    void a_process_belongs_to_the_nearest_jvm_of_tests_above_it() throws IOException {
        start(20, 17, 5000);
        start(21, 20, 5001);
        start(22, 1, 5002);
        table.get(21, 21).connected();
        assertThat(table.isOfAnotherRun(21, 30)).isFalse();
        table.isRun(17);
        assertThat(table.isOfAnotherRun(21, 30)).isTrue();
        assertThat(table.isOfAnotherRun(21, 17)).isFalse();
        assertThat(table.isOfAnotherRun(17, 30)).isTrue();
        assertThat(table.isOfAnotherRun(22, 30)).isFalse();
        int self = (int) ProcessHandle.current().pid();
        start(self, 17, 5003);
        start(23, self, 5004);
        assertThat(table.isOfAnotherRun(23, self)).isFalse();
        assertThat(table.isOfAnotherRun(23, 17)).isTrue();
    }

    @Test
    void a_process_stays_of_its_run_when_that_has_ended() throws IOException {
        start(20, 17, 5000);
        table.isRun(17);
        table.get(20, 20).connected();
        start(20, 1, 5000);
        assertThat(table.isOfAnotherRun(20, 30)).isTrue();
        fake().say("stat", fake().stat("another", "S", 9000));
        start(24, 17, 9001);
        assertThat(table.isOfAnotherRun(24, 30)).isFalse();
    }

    @Test
    void a_process_stays_of_its_run_when_it_has_ended_itself_and_is_forgotten() throws IOException {
        start(20, 17, 5000);
        table.isRun(17);
        TrackedProcess worker = table.get(20, 20);
        TrackedProcess idle = table.get(21, 21);
        Files.delete(new FakeProcess(root, 20).directory().resolve("stat"));
        Files.delete(new FakeProcess(root, 20).directory());
        table.forget(worker);
        table.forgetIdle();
        assertThat(idle.run()).isZero();
        assertThat(table.isOfAnotherRun(20, 30)).isTrue();
        assertThat(table.isOfAnotherRun(20, 17)).isFalse();
        assertThat(table.isOfAnotherRun(21, 30)).isFalse();
        start(20, 1, 9001);
        assertThat(table.isOfAnotherRun(20, 30))
                .as("another process of that number")
                .isFalse();
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
