package io.github.ttmemorycheck.internal.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A child process that does not outlive its test. */
public final class Child implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private Child(ProcessBuilder builder) throws IOException {
        process = builder.start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a class of the test class path in a JVM of its own; standard error goes to a file. */
    public static Child java(Path errors, List<String> options, Class<?> main, String... arguments) throws IOException {
        return java(List.of(), errors, options, main, arguments);
    }

    /** Starts one that has a PID namespace of its own, as a process in a container has: it is number 1 there. */
    public static Child javaInContainer(Path errors, Class<?> main, String... arguments) throws IOException {
        // Several that are number 1 would want the same file of performance data.
        List<String> options = List.of("-XX:-UsePerfData");
        return java(List.of("unshare", "--pid", "--fork", "--kill-child"), errors, options, main, arguments);
    }

    /** Whether this user may make PID namespaces. */
    public static boolean hasContainers() throws IOException, InterruptedException {
        Process tried = new ProcessBuilder("unshare", "--pid", "--fork", "true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return tried.waitFor(20, TimeUnit.SECONDS) && tried.exitValue() == 0;
    }

    private static Child java(
            List<String> before, Path errors, List<String> options, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return run(errors.toFile(), command);
    }

    public static Child run(File errors, List<String> command) throws IOException {
        return new Child(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors)));
    }

    public Process process() {
        return process;
    }

    public int pid() {
        return (int) process.pid();
    }

    public String readLine() throws IOException {
        return String.valueOf(output.readLine());
    }

    public void writeLine(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    public int exitCode() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the child has not ended within 20 s: " + process.info());
        }
        return process.exitValue();
    }

    /** Stops it; returns when each of its threads stands still, which is some time after the signal was sent. */
    public void stop() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Integer.toString(pid())).start().waitFor();
        Eventually.isTrue("the child stands still", this::standsStill);
    }

    private boolean standsStill() {
        Path threads = Path.of("/proc", Integer.toString(pid()), "task");
        try (Stream<Path> all = Files.list(threads)) {
            return all.allMatch(thread -> {
                try {
                    String stat = Files.readString(thread.resolve("stat"));
                    return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
                } catch (IOException ended) {
                    return true;
                }
            });
        } catch (IOException unreadable) {
            throw new AssertionError("the threads of the child cannot be seen", unreadable);
        }
    }

    public int kill() throws InterruptedException {
        process.destroyForcibly();
        return exitCode();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        output.close();
    }
}
