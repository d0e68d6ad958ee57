package io.github.ttmemorycheck.samples.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which worker is started. */
class WorkerCommandTests {

    @TempDir
    Path directory;

    private Path executable(String name) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    @Test
    void python3_is_looked_up_in_the_path() throws IOException {
        Path python = executable("python3");
        WorkerCommand command = WorkerCommand.choose(Map.of("PATH", "/nowhere" + File.pathSeparator + directory));
        assertThat(command.command()).first().isEqualTo(python.toString());
        assertThat(command.command()).last().asString().endsWith("/src/test/python/worker.py");
        assertThat(Path.of(command.command().get(1))).exists();
        assertThat(command.reason()).isEqualTo("the worker in Python, by " + python);
    }

    @Test
    void a_file_that_cannot_be_run_is_no_python() throws IOException {
        Files.writeString(directory.resolve("python3"), "");
        assertThat(WorkerCommand.choose(Map.of("PATH", directory.toString())).reason())
                .isEqualTo("the worker in Java, since there is no python3 in PATH");
    }

    @Test
    void another_python_can_be_named() throws IOException {
        Path named = executable("python3.99");
        executable("python3");
        String path = directory.toString();
        assertThat(WorkerCommand.choose(Map.of("PATH", path, "SAMPLES_PYTHON", "python3.99"))
                        .command())
                .first()
                .isEqualTo(named.toString());
        assertThat(WorkerCommand.choose(Map.of("SAMPLES_PYTHON", named.toString()))
                        .command())
                .first()
                .isEqualTo(named.toString());
    }

    @Test
    void a_python_that_is_named_and_not_there_is_an_error() {
        assertThatThrownBy(() -> WorkerCommand.choose(Map.of("PATH", "/nowhere", "SAMPLES_PYTHON", "python9")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the Python for the worker must be an executable file, and 'python9' is none; correct or"
                        + " remove -Dsamples.python or SAMPLES_PYTHON");
    }
}
