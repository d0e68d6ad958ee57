package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * All samples on one tracker, in a JVM of their own, with the server that the tracker needs as a process of its own.
 *
 * @param title the heading of the tracker's column
 * @param tracker the value of the setting
 * @param server what listens before the samples start
 * @param directory where the socket, the regions and the reports are
 */
record TrackerRun(String title, String tracker, Server server, Path directory)
        implements Callable<Map<String, String>> {

    /** A third-party server, run from its source: it needs the JDK alone. */
    private static final Path THIRD_PARTY = Path.of(
            "..",
            "extension",
            "src",
            "test",
            "java",
            "io",
            "github",
            "ttmemorycheck",
            "internal",
            "attach",
            "ThirdPartyServerProgram.java");

    private static final String LENGTH_OF_MESSAGES = "144";

    /** A JVM that ends after some seconds spends more time on optimizing its code than it gains. */
    static final String NO_OPTIMIZING = "-XX:TieredStopAtLevel=1";

    /** What listens on the socket. */
    enum Server {
        NONE,
        OURS,
        THIRD_PARTY
    }

    /** Returns what became of each sample. */
    @Override
    public Map<String, String> call() throws IOException {
        Files.createDirectories(directory.resolve("shm"));
        Process listening = startServer();
        Process samples = new ProcessBuilder(command())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        try (BufferedReader lines = samples.inputReader(StandardCharsets.UTF_8)) {
            Map<String, String> verdicts = new LinkedHashMap<>();
            for (String line = lines.readLine(); !"end".equals(line); line = lines.readLine()) {
                if (line == null) {
                    throw new IOException("the samples on the tracker '" + title + "' ended early:\n"
                            + Files.readString(directory.resolve("errors")));
                }
                verdicts.put(line.split("\t", 2)[0], line.split("\t", 2)[1]);
            }
            return verdicts;
        } finally {
            samples.destroyForcibly().onExit().join();
            if (listening != null) {
                listening.destroyForcibly().onExit().join();
            }
        }
    }

    private Path socket() {
        return directory.resolve("samples.sock");
    }

    private @Nullable Process startServer() throws IOException {
        return switch (server) {
            case NONE -> null;
            case OURS -> SampleTracker.startServer(socket());
            case THIRD_PARTY ->
                SampleTracker.started(new ProcessBuilder(
                        java(), NO_OPTIMIZING, THIRD_PARTY.toString(), socket().toString(), LENGTH_OF_MESSAGES));
        };
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(java(), "--enable-native-access=ALL-UNNAMED", NO_OPTIMIZING));
        Map<String, String> settings = Map.of(
                TtMemoryCheckSettings.TRACKER, tracker,
                TtMemoryCheckSettings.SOCKET, socket().toString(),
                TtMemoryCheckSettings.SHM_DIRECTORY, directory.resolve("shm").toString(),
                TtMemoryCheckSettings.REPORT_DIRECTORY,
                        directory.resolve("report").toString());
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SampleVerdicts.class.getName()));
        return command;
    }
}
