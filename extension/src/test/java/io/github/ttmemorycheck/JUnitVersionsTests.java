package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same classes with other versions of JUnit, each in a JVM of its own. The build puts the versions below {@code
 * target/junit}; its own version runs the same tests in this JVM.
 */
@Timeout(300)
class JUnitVersionsTests {

    /** How many tests the life-cycle classes hold, each invocation counted: no version may find fewer, or others. */
    private static final int LIFE_CYCLE_TESTS = 46;

    private static final Path VERSIONS = Path.of("target", "junit");

    private static final Pattern JUNIT_OF_THE_BUILD = Pattern.compile("junit-(jupiter|platform)-.*\\.jar");

    @TempDir
    private Path directory = Path.of("");

    /** Both at once, since each keeps about one processor busy. */
    @Test
    void every_life_cycle_is_judged_alike() throws IOException, InterruptedException {
        String[] selectors = {"--select-package", getClass().getPackageName(), "-n", ".*LifeCycleTests"};
        try (Started newest5 = start("5.14.4", selectors);
                Started newest6 = start("6.1.3", selectors)) {
            for (Ended ended : List.of(newest5.await(), newest6.await())) {
                assertThat(ended.output())
                        .contains(summary(LIFE_CYCLE_TESTS, "found"))
                        .contains(summary(LIFE_CYCLE_TESTS, "successful"));
                assertThat(ended.code()).as(ended.output()).isZero();
            }
        }
    }

    @TtMemoryCheck
    static class Annotated {

        @Test
        void would_pass() {}
    }

    @Test
    void the_last_version_that_closes_nothing_is_refused_with_a_reason() throws IOException, InterruptedException {
        Ended ended = run("5.12.2", "--select-class", Annotated.class.getName());

        assertThat(ended.code()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output())
                // The jar with all of JUnit in it has the number of the platform.
                .contains(
                        "@TtMemoryCheck needs JUnit 5.13 or later, and 1.12.2 is on the class path: below 5.13 no leak would"
                                + " ever be reported. Import org.junit:junit-bom:5.13.4 or later, 6.x included")
                .contains(summary(0, "successful"));
    }

    @Test
    void a_version_that_does_not_know_the_locks_refuses_to_run_by_itself() throws IOException, InterruptedException {
        Ended ended = run("5.11.4", "--select-class", Annotated.class.getName());

        assertThat(ended.code()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output())
                .contains("TestEngine with ID 'junit-jupiter' failed to execute tests")
                .contains(summary(0, "successful"));
    }

    /** How a JVM ended, and what it printed. */
    private record Ended(int code, String output) {}

    /** A JVM that runs, and the file that it prints to; killed when closed. */
    private record Started(Process process, Path output) implements AutoCloseable {

        Ended await() throws IOException, InterruptedException {
            assertThat(process.waitFor(240, TimeUnit.SECONDS))
                    .as("it ends; so far: %s", Files.readString(output))
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(output));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private Ended run(String version, String... selectors) throws IOException, InterruptedException {
        try (Started started = start(version, selectors)) {
            return started.await();
        }
    }

    private Started start(String version, String... selectors) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // The build's own version tests collections; each costs time here.
                "-D" + TtMemoryCheckSettings.GC + "=never",
                "-cp",
                classPath(version),
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--disable-banner",
                "--disable-ansi-colors",
                "--details=tree"));
        command.addAll(List.of(selectors));
        Path output = directory.resolve(version + ".txt");
        return new Started(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    private static String classPath(String version) throws IOException {
        try (Stream<Path> junit = Files.list(VERSIONS.resolve(version))) {
            Stream<String> others = Stream.of(
                            System.getProperty("java.class.path").split(":"))
                    .filter(entry -> !JUNIT_OF_THE_BUILD
                            .matcher(String.valueOf(Path.of(entry).getFileName()))
                            .matches());
            return Stream.concat(others, junit.map(Path::toString)).collect(Collectors.joining(":"));
        }
    }

    private static String summary(int tests, String what) {
        return " %d tests %s ".formatted(tests, what);
    }
}
