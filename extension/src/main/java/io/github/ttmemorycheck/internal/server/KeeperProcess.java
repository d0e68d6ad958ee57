package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.socket.DescriptorSocket;
import io.github.ttmemorycheck.internal.socket.ServerSockets;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The process of {@link Keeper}, until it serves. It holds no file of this JVM: whoever waits for the end of this JVM's
 * output must not wait for it. Nor does it get the agents and options that tests run with.
 */
final class KeeperProcess implements AutoCloseable {

    /** A JVM starts in less than a second; on a busy machine in some. */
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What the program needs besides its buffers. */
    private static final long SMALL_HEAP = 64L << 20;

    /** A quarter of the heap is for buffers, at 120 bytes each; see {@link Limits}. */
    private static final long HEAP_OF_A_BUFFER = 480;

    private static final int MOST_SAID = 1 << 16;

    private final DescriptorSocket.Meeting meeting;
    private final Process process;
    private final Path log;
    private final long deadlineNanos = System.nanoTime() + START_NANOS;
    private boolean stays;

    private KeeperProcess(DescriptorSocket.Meeting meeting, Process process, Path log) {
        this.meeting = meeting;
        this.process = process;
        this.log = log;
    }

    static KeeperProcess start(Path socket, long buffers) throws IOException, ClassNotFoundException {
        DescriptorSocket.Meeting meeting = new DescriptorSocket.Meeting();
        Path log = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("tt-allocation-server-" + UUID.randomUUID() + ".log")
                .toAbsolutePath();
        try {
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    Keeper.class.getName(),
                    socket.toString(),
                    meeting.name(),
                    log.toString());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(new File("/"))
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            Map<String, String> environment = builder.environment();
            environment.remove("JAVA_TOOL_OPTIONS");
            environment.remove("_JAVA_OPTIONS");
            // Not in the command, which people read in messages and lists of processes.
            environment.put("JDK_JAVA_OPTIONS", options(buffers));
            environment.put("CLASSPATH", classPath());
            return new KeeperProcess(meeting, builder.start(), log);
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            meeting.close();
            throw e;
        }
    }

    private static String options(long buffers) {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx" + (SMALL_HEAP + buffers * HEAP_OF_A_BUFFER) / 1024 + "k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.equals("java.io.tmpdir") || name.startsWith("org.newsclub.net.unix."))
                .forEach(name -> options.add("\"-D" + name + "=" + System.getProperty(name) + "\""));
        return String.join(" ", options);
    }

    /** Returns where the classes came from: a class path may be a file that its owner has removed meanwhile. */
    private static String classPath() throws IOException, ClassNotFoundException {
        List<Class<?>> classes = new ArrayList<>(ServerSockets.needed());
        classes.add(Keeper.class);
        classes.add(Log.library());
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> each : classes) {
            CodeSource source = each.getProtectionDomain().getCodeSource();
            try {
                Path place =
                        source == null ? null : Path.of(source.getLocation().toURI());
                if (place == null || !Files.exists(place)) {
                    throw new IOException("where " + each.getName() + " is from is not known");
                }
                places.add(place.toString());
            } catch (URISyntaxException | RuntimeException noFile) {
                throw new IOException("where " + each.getName() + " is from is no file", noFile);
            }
        }
        return places.stream().collect(Collectors.joining(File.pathSeparator));
    }

    long processId() {
        return process.pid();
    }

    /** Returns where it says what it has to once it serves; there is no such file as long as that is nothing. */
    Path log() {
        return log;
    }

    /** Waits until it is ready to take over. */
    DescriptorSocket meet() throws IOException {
        try {
            return meeting.await(process.pid(), process::isAlive, deadlineNanos);
        } catch (IOException e) {
            String said = said();
            throw said.isEmpty() ? e : new IOException(e.getMessage() + ": " + said, e);
        }
    }

    /** Returns what it has said so far; without waiting for a process that lives. */
    private String said() throws IOException {
        InputStream errors = process.getErrorStream();
        byte[] said = errors.readNBytes(process.isAlive() ? errors.available() : MOST_SAID);
        return new String(said, Charset.defaultCharset()).strip();
    }

    /** Lets it live when this is closed. */
    void stays() {
        stays = true;
    }

    @Override
    public void close() throws IOException {
        if (!stays) {
            process.destroyForcibly();
        }
        meeting.close();
    }
}
