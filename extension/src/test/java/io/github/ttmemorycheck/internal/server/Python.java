package io.github.ttmemorycheck.internal.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Peers in another language: scripts for Python, or where there is none {@link PlainPeerProgram}, which a line says.
 */
public final class Python {

    private static final Logger LOG = LoggerFactory.getLogger(Python.class);

    private Python() {}

    public static boolean isThere() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(directory -> Path.of(directory, "python3"))
                .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }

    /** Runs a script, or the role of the plain peer that does the same. */
    public static Child run(File errors, String script, String role, String argument) throws IOException {
        if (isThere()) {
            return Child.run(errors, List.of("python3", "-c", script, argument));
        }
        LOG.warn("there is no python3 in PATH: a peer in Java does what the script would ({})", role);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PlainPeerProgram.class.getName()));
        command.addAll(List.of(role, argument));
        return Child.run(errors, command);
    }
}
