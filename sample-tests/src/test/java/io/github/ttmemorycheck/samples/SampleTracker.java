package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import io.github.ttmemorycheck.internal.attach.ServerTracker;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Sees to it that {@code -Dtt.memory.check.tracker=server} or {@code shm} is all that the samples need to run on
 * another tracker: it starts an allocation server as a program of its own, or makes the directory of the regions.
 * Registered for the launcher in {@code META-INF/services}. Not thread-safe: the launcher calls it from one thread.
 */
public final class SampleTracker implements TestExecutionListener {

    private @Nullable Process server;

    private static String tracker() {
        return System.getProperty(TtMemoryCheckSettings.TRACKER, "auto");
    }

    private static boolean isOnHardware() {
        return System.getProperty(Meshes.PROPERTY, "").equals("hardware");
    }

    /**
     * The golden texts are those of the embedded tracker, which needs a socket of its own where a server has the
     * samples'.
     */
    static String socketOfKit() {
        String socket = System.getProperty(TtMemoryCheckSettings.SOCKET, "");
        return tracker().equals("server") && !isOnHardware() ? besides(Path.of(socket)) : socket;
    }

    private static String besides(Path socket) {
        return socket.resolveSibling("kit-" + socket.getFileName()).toString();
    }

    /** What JUnit's test kit is told, which hides the system properties from the tests in it. */
    static Map<String, String> settingsOfKit() {
        Map<String, String> settings = new HashMap<>();
        settings.put(TtMemoryCheckSettings.SOCKET, System.getProperty(TtMemoryCheckSettings.SOCKET));
        settings.put(TtMemoryCheckSettings.TRACKER, isOnHardware() ? tracker() : "embedded");
        settings.put(TtMemoryCheckSettings.SETTLE, "200ms");
        return settings;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        try {
            if (tracker().equals("shm")) {
                Files.createDirectories(Path.of(System.getProperty(TtMemoryCheckSettings.SHM_DIRECTORY, "/dev/shm")));
            }
            Path socket = Path.of(System.getProperty(TtMemoryCheckSettings.SOCKET, ""));
            if (tracker().equals("server")
                    && System.getProperty(TtMemoryCheckSettings.SERVER_COMMAND) == null
                    && !ServerTracker.isListening(socket)) {
                server = startServer(socket);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts {@link AllocationServer} as a program; returns when it listens. */
    static Process startServer(Path socket) throws IOException {
        return started(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                TrackerRun.NO_OPTIMIZING,
                "-cp",
                System.getProperty("java.class.path"),
                AllocationServer.class.getName(),
                "--socket",
                socket.toString()));
    }

    /** Starts a server; returns when it says that it listens. What it prints behind that is thrown away. */
    static Process started(ProcessBuilder builder) throws IOException {
        Process program = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader lines = program.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        if (line == null || !line.startsWith("listening")) {
            program.destroyForcibly();
            throw new IOException("the server for the samples did not start: " + builder.command() + " said " + line);
        }
        Thread drain = new Thread(() -> lines.lines().forEach(printed -> {}), "samples-server-output");
        drain.setDaemon(true);
        drain.start();
        return program;
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        if (server != null) {
            server.destroy();
            server.onExit().join();
            server = null;
        }
    }
}
