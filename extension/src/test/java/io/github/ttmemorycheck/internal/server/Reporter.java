package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A {@link ReporterProgram}: a child of this JVM, or one that has detached itself and is a child of nobody here. */
public final class Reporter implements AutoCloseable {

    private final ProcessHandle process;
    private final OutputStream in;
    private final BufferedReader out;

    private Reporter(OutputStream in, BufferedReader out) throws IOException {
        this.in = in;
        this.out = out;
        this.process = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
    }

    private static List<String> command(Path socket, int messageLength) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ReporterProgram.class.getName(),
                socket.toString(),
                Integer.toString(messageLength));
    }

    public static Reporter child(Path directory, Path socket, int messageLength) throws IOException {
        Process process = new ProcessBuilder(command(socket, messageLength))
                .redirectError(directory.resolve("reporter-errors").toFile())
                .start();
        return new Reporter(process.getOutputStream(), process.inputReader(StandardCharsets.UTF_8));
    }

    /** Returns when the process that started it has ended, so that it has another parent. */
    public static Reporter orphan(Path directory, Path socket, int messageLength) throws Exception {
        Path in = directory.resolve("reporter-in");
        Path out = directory.resolve("reporter-out");
        assertThat(new ProcessBuilder("mkfifo", in.toString(), out.toString())
                        .start()
                        .waitFor())
                .isZero();
        List<String> command =
                new java.util.ArrayList<>(List.of("sh", "-c", "\"$@\" < '" + in + "' > '" + out + "' 2>&1 &", "sh"));
        command.addAll(command(socket, messageLength));
        Process starter = new ProcessBuilder(command).start();
        OutputStream toIt = new FileOutputStream(in.toFile());
        Reporter reporter = new Reporter(
                toIt,
                new BufferedReader(new InputStreamReader(new FileInputStream(out.toFile()), StandardCharsets.UTF_8)));
        assertThat(starter.waitFor()).isZero();
        Eventually.isTrue(
                "it has another parent",
                () -> ProcessHandle.current().descendants().noneMatch(reporter.process::equals));
        return reporter;
    }

    public long pid() {
        return process.pid();
    }

    /** Tells it something; returns when it has done it. */
    public void tell(String command) throws IOException {
        in.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
        assertThat(out.readLine()).isEqualTo("done");
    }

    /** Kills it; returns when it has ended, and nobody waits for it any more. */
    public void kill() {
        process.destroyForcibly();
        Eventually.isTrue("it has ended", () -> !process.isAlive());
    }

    @Override
    public void close() throws IOException {
        kill();
        try {
            in.close();
        } catch (IOException nobodyReads) {
            // What was not sent does not matter any more.
        }
        out.close();
    }
}
