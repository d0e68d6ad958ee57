package io.github.ttmemorycheck.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOfProcessTests {

    private static final int SELF = (int) ProcessHandle.current().pid();

    /** Above what the kernel gives to a process, so that there is none of that number. */
    private static final int OTHER = 1 << 22 | 1;

    @TempDir
    Path root;

    private ProcessTree tree;

    @BeforeEach
    void startThisJvm() throws IOException {
        ProcFiles files = FakeProcess.answering(root);
        start(SELF, 5000);
        tree = new ProcessTree(files);
    }

    private void start(int number, long startTime) throws IOException {
        FakeProcess started = new FakeProcess(root, number);
        started.say("stat", started.stat("c", "S", startTime));
    }

    private void end(int number) throws IOException {
        Files.delete(new FakeProcess(root, number).directory().resolve("stat"));
        Files.delete(new FakeProcess(root, number).directory());
    }

    @Test
    void what_started_before_this_jvm_is_not_of_the_run_and_what_started_later_is() throws IOException {
        start(OTHER, 4999);
        assertThat(tree.isOfRun(OTHER)).isFalse();
        start(OTHER, 5001);
        assertThat(tree.isOfRun(OTHER)).isTrue();
    }

    @Test
    void one_that_has_ended_stays_what_it_was() throws IOException {
        start(OTHER, 4999);
        assertThat(tree.isOfRun(OTHER)).isFalse();
        end(OTHER);
        assertThat(tree.isOfRun(OTHER)).isFalse();
    }

    @Test
    void one_that_ended_before_it_was_asked_for_is_of_the_run_unless_another_run_has_it() {
        assertThat(tree.isOfRun(OTHER)).isTrue();
        tree.askAboutOthers(process -> process == OTHER);
        assertThat(tree.isOfRun(OTHER)).isFalse();
        assertThat(tree.isOfRun(OTHER + 1)).isTrue();
        assertThat(tree.isOfRun(-OTHER)).isTrue();
    }
}
