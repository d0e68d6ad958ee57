package io.github.ttmemorycheck.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel tells by either of the two files, each as if the other were not there. */
@Timeout(60)
class WatchedProcessTests {

    private static final String FILTER = "coredump_filter";
    private static final String PAGES = "statm";

    @TempDir
    Path directory;

    private Child child(String... command) throws IOException {
        return Child.run(directory.resolve("errors").toFile(), List.of(command));
    }

    private WatchedProcess watch(int process, String file) throws IOException {
        Path known = Files.createDirectory(directory.resolve(Integer.toString(process)));
        Path link = Files.createSymbolicLink(known.resolve(file), Path.of("/proc", Integer.toString(process), file));
        WatchedProcess watched = WatchedProcess.open(new ProcFiles(directory), process);
        Files.delete(link);
        return watched;
    }

    @ParameterizedTest
    @ValueSource(strings = {FILTER, PAGES})
    void a_process_lives_until_it_is_no_more(String file) throws Exception {
        try (Child child = child("sleep", "1000");
                WatchedProcess process = watch(child.pid(), file)) {
            assertThat(process.isAlive()).isTrue();
            assertThat(process.isAlive()).isTrue();
            assertThat(process.hasGone()).isFalse();
            child.kill();
            Eventually.isTrue("it is gone", () -> Files.notExists(Path.of("/proc/" + child.pid())));
            assertThat(process.isAlive()).isFalse();
            assertThat(process.hasGone()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FILTER, PAGES})
    void a_zombie_has_ended(String file) throws Exception {
        // The child of the shell waits for a line, and the shell becomes a program that never asks for its end.
        try (Child parent = child("sh", "-c", "exec 3<&0; (read line <&3) & echo $!; exec sleep 1000")) {
            int zombie = Integer.parseInt(parent.readLine());
            Path name = Path.of("/proc/" + parent.pid() + "/comm");
            Eventually.isTrue("it is no shell any more", () -> read(name).equals("sleep\n"));
            try (WatchedProcess process = watch(zombie, file)) {
                assertThat(process.isAlive()).isTrue();
                parent.writeLine("");
                Path stat = Path.of("/proc/" + zombie + "/stat");
                Eventually.isTrue("it is a zombie", () -> read(stat).contains(") Z "));
                assertThat(process.isAlive()).isFalse();
                assertThat(process.hasGone()).as("its number is not free yet").isFalse();
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void where_there_is_no_process_none_lives() throws IOException {
        try (WatchedProcess process = WatchedProcess.open(new ProcFiles(directory), 17)) {
            assertThat(process.isAlive()).isFalse();
            assertThat(process.hasGone()).isTrue();
        }
    }

    @Test
    void one_that_the_kernel_says_nothing_about_is_an_error() throws IOException {
        Files.createDirectory(directory.resolve("17"));
        assertThatThrownBy(() -> WatchedProcess.open(new ProcFiles(directory), 17))
                .isInstanceOf(IOException.class);
    }
}
