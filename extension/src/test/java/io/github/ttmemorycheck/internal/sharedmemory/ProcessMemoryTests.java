package io.github.ttmemorycheck.internal.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel tells by either of the two files, each as if the other were not there. */
@Timeout(60)
class ProcessMemoryTests {

    private static final String FILTER = "coredump_filter";
    private static final String PAGES = "statm";

    @TempDir
    Path directory;

    private Child child(String... command) throws IOException {
        return Child.run(directory.resolve("errors").toFile(), List.of(command));
    }

    private ProcessMemory memory(int process, String file) throws IOException {
        Path told = Files.createDirectory(directory.resolve(Integer.toString(process)));
        Path link = Files.createSymbolicLink(told.resolve(file), Path.of("/proc", Integer.toString(process), file));
        ProcessMemory memory = Objects.requireNonNull(ProcessMemory.of(told));
        Files.delete(link);
        return memory;
    }

    @ParameterizedTest
    @ValueSource(strings = {FILTER, PAGES})
    void a_living_process_has_memory_until_it_is_no_more(String file) throws Exception {
        try (Child child = child("sleep", "1000");
                ProcessMemory memory = memory(child.pid(), file)) {
            assertThat(memory.isThere()).isTrue();
            assertThat(memory.isThere()).isTrue();
            child.kill();
            Eventually.isTrue("it is gone", () -> Files.notExists(Path.of("/proc/" + child.pid())));
            assertThatThrownBy(memory::isThere).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FILTER, PAGES})
    void a_zombie_has_none(String file) throws Exception {
        // The child of the shell waits for a line, and the shell becomes a program that never asks for its end.
        try (Child parent = child("sh", "-c", "exec 3<&0; (read line <&3) & echo $!; exec sleep 1000")) {
            int process = Integer.parseInt(parent.readLine());
            Path name = Path.of("/proc/" + parent.pid() + "/comm");
            Eventually.isTrue("it is no shell any more", () -> read(name).equals("sleep\n"));
            try (ProcessMemory memory = memory(process, file)) {
                assertThat(memory.isThere()).isTrue();
                parent.writeLine("");
                Path stat = Path.of("/proc/" + process + "/stat");
                Eventually.isTrue("it is a zombie", () -> read(stat).contains(") Z "));
                assertThat(memory.isThere()).isFalse();
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
    void where_there_is_no_process_there_is_no_memory() {
        assertThat(ProcessMemory.of(directory.resolve("17"))).isNull();
    }
}
