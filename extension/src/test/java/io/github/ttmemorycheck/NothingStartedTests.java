package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.server.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A run in which no test is annotated: what it loads and starts, seen from a JVM of its own. */
@Timeout(60)
class NothingStartedTests {

    @TempDir
    Path directory;

    static class Bare {

        @Test
        void nothing() {}
    }

    @TtMemoryCheck
    static class Checked {

        @Test
        void nothing() {}
    }

    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws ClassNotFoundException {
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(Class.forName(arguments[0])))
                                    .configurationParameter(TtMemoryCheckSettings.SOCKET, arguments[1])
                                    .configurationParameter(TtMemoryCheckSettings.TRACKER, "embedded")
                                    .build(),
                            summary);
            if (summary.getSummary().getTestsSucceededCount() != 1) {
                System.exit(1);
            }
            Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("tt-"))
                    .forEach(name -> System.exit(2));
        }
    }

    private int run(Class<?> tests, Path log) throws IOException, InterruptedException {
        try (Child child = Child.java(
                directory.resolve("errors"),
                List.of("-Xlog:class+load=info:file=" + log),
                Program.class,
                tests.getName(),
                directory.resolve("s").toString())) {
            return child.exitCode();
        }
    }

    private static List<String> ours(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("io.github.ttmemorycheck.") && !line.contains("NothingStarted"))
                    .toList();
        }
    }

    @Test
    void without_an_annotated_test_nothing_of_the_server_is_loaded_no_thread_started_and_no_socket_made()
            throws IOException, InterruptedException {
        Path log = directory.resolve("classes");
        assertThat(run(Bare.class, log)).as("no thread is ours").isZero();

        assertThat(ours(log))
                .noneMatch(line -> line.contains("ttmemorycheck.tracker.")
                        || (line.contains("ttmemorycheck.internal.") && !line.contains(".internal.jupiter.")))
                .noneMatch(line -> line.contains("TtMemoryCheckExtension"));
        try (Stream<String> lines = Files.lines(log)) {
            assertThat(lines).noneMatch(line -> line.contains("UnixDomainSockets") || line.contains("newsclub"));
        }
        assertThat(directory.resolve("s")).doesNotExist();
    }

    @Test
    void with_one_the_same_look_finds_the_server() throws IOException, InterruptedException {
        Path log = directory.resolve("classes");
        assertThat(run(Checked.class, log)).as("a thread is ours").isEqualTo(2);

        assertThat(ours(log)).anyMatch(line -> line.contains("internal.server.AllocationService"));
    }
}
