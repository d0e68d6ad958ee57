package io.github.ttmemorycheck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where and how long a part measures.
 *
 * @param length how long
 * @param directory where compiled programs and results are kept
 * @param sources the folder of the C and Python programs
 */
record Workplace(Length length, Path directory, Path sources) {

    /**
     * Makes a short path for a socket: it may not be longer than some hundred bytes. Its folder is deleted when this
     * JVM ends, with whatever a server that was killed has left there.
     */
    static Path socket() throws IOException {
        Path folder = Files.createTempDirectory("tt-bench");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "tt-bench-cleaning"));
        return folder.resolve("s");
    }

    private static void delete(Path folder) {
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException kept) {
            System.err.println("could not be deleted: " + kept);
        }
    }

    /** Compiles a C program; empty where there is no gcc. */
    Optional<Path> compiled(String name) throws IOException, InterruptedException {
        Path program = directory.resolve(name);
        if (!Programs.exists("gcc")) {
            return Optional.empty();
        }
        Path source = sources.resolve("c").resolve(name + ".c");
        Programs.run("gcc", "-O2", "-Wall", "-pthread", "-o", program.toString(), source.toString());
        return Optional.of(program);
    }
}
