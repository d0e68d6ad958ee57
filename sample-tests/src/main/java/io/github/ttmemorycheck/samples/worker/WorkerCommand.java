package io.github.ttmemorycheck.samples.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the worker is started.
 *
 * @param command the program and its arguments, but for the socket
 * @param reason why it is this one, for a line of the build's output
 */
public record WorkerCommand(List<String> command, String reason) {

    /** The system property that names the Python to use: a path, or a name that is looked up in {@code PATH}. */
    public static final String PYTHON_PROPERTY = "samples.python";

    /** The environment variable that does so where the property is not set. */
    public static final String PYTHON_VARIABLE = "SAMPLES_PYTHON";

    private static final String DEFAULT = "python3";
    private static final Path SCRIPT = Path.of("src", "test", "python", "worker.py");

    /** Copies the command. */
    public WorkerCommand {
        command = List.copyOf(command);
    }

    /**
     * Chooses the worker in Python where there is a Python, else the one in Java.
     *
     * @param environment the environment; {@value #PYTHON_VARIABLE} and {@code PATH} are read
     * @return what to start
     * @throws IllegalStateException when the Python that is named is not there
     */
    public static WorkerCommand choose(Map<String, String> environment) {
        String named = System.getProperty(PYTHON_PROPERTY, environment.getOrDefault(PYTHON_VARIABLE, ""));
        Optional<Path> python = executable(named.isBlank() ? DEFAULT : named, environment.getOrDefault("PATH", ""));
        if (python.isPresent()) {
            return new WorkerCommand(
                    List.of(python.get().toString(), SCRIPT.toAbsolutePath().toString()),
                    "the worker in Python, by " + python.get());
        }
        if (!named.isBlank()) {
            throw new IllegalStateException("the Python for the worker must be an executable file, and '" + named
                    + "' is none; correct or remove -D" + PYTHON_PROPERTY + " or " + PYTHON_VARIABLE);
        }
        return new WorkerCommand(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JavaWorker.class.getName()),
                "the worker in Java, since there is no " + DEFAULT + " in PATH");
    }

    private static Optional<Path> executable(String name, String path) {
        if (name.contains("/")) {
            return executable(Path.of(name));
        }
        for (String directory : path.split(":", -1)) {
            Optional<Path> found = executable(Path.of(directory).resolve(name));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> executable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file)
                ? Optional.of(file.toAbsolutePath())
                : Optional.empty();
    }
}
