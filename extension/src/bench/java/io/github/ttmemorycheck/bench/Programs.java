package io.github.ttmemorycheck.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Other processes: what runs at their side of a measurement. Errors go to this process's own standard error. */
final class Programs {

    private static final long LONGEST_MINUTES = 10;

    private Programs() {}

    /** A process that goes on until it is closed. */
    static final class Running implements AutoCloseable {

        private static final double NANOS_PER_TICK = 1e7;

        private final Process process;
        private final BufferedReader out;

        Running(Process process) {
            this.process = process;
            this.out = process.inputReader(StandardCharsets.UTF_8);
        }

        String line() throws IOException {
            String line = out.readLine();
            if (line == null) {
                throw new IOException(process.info().command() + " ended without an answer");
            }
            return line;
        }

        void say(String line) throws IOException {
            Writer in = process.outputWriter(StandardCharsets.UTF_8);
            in.write(line + "\n");
            in.flush();
        }

        /** Returns the nanoseconds that it was on a CPU so far, counted by the kernel in hundredths of a second. */
        double cpuNanos() throws IOException {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return NANOS_PER_TICK * (Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    static boolean exists(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    static Running start(String... command) throws IOException {
        return new Running(builder(command).start());
    }

    /** Runs a program to its end and returns what it wrote. */
    static List<String> run(String... command) throws IOException, InterruptedException {
        Process process = builder(command).start();
        process.getOutputStream().close();
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed: " + lines);
        }
        return lines;
    }

    /**
     * Runs a class of this class path in a JVM of its own; returns the figures that it wrote, one name and value a
     * line.
     */
    static Figures figures(Class<?> main, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        Map<String, Double> figures = new HashMap<>();
        for (String line : run(java(main, options, arguments))) {
            String[] words = line.split(" ", -1);
            if (words.length == 2) {
                figures.put(words[0], Double.valueOf(words[1]));
            }
        }
        return new Figures(figures);
    }

    static String[] java(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private static ProcessBuilder builder(String... command) {
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
