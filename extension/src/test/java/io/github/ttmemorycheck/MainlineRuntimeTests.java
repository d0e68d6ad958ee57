package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.server.Eventually;
import io.github.ttmemorycheck.internal.sharedmemory.MainlineRuntimeProgram;
import io.github.ttmemorycheck.internal.sharedmemory.WrittenRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Default settings, and a runtime as most people have it: a process of its own that reports to no server, has nothing
 * set, and writes a region from its first allocation on, later than the first mark.
 */
@Timeout(120)
class MainlineRuntimeTests {

    @TempDir
    Path directory;

    private static @Nullable Child runtime;
    private static @Nullable Path regions;

    private static void tell(String line) throws IOException {
        Child child = Objects.requireNonNull(runtime);
        child.writeLine(line);
        assertThat(child.readLine()).isEqualTo("done");
    }

    /** Opens the device as tests do: in a process of its own, once the class has begun. */
    private static void open() throws IOException {
        Path directory = Objects.requireNonNull(regions);
        runtime = Child.java(
                directory.resolve("errors"),
                List.of(),
                MainlineRuntimeProgram.class,
                directory.toString(),
                "4711",
                "2");
    }

    private FixtureRun run(Class<?> fixture, String... settings) throws IOException {
        regions = Files.createDirectories(directory.resolve("shm"));
        String[] all = List.of(settings).toArray(new String[settings.length + 2]);
        all[settings.length] = TtMemoryCheckSettings.SHM_DIRECTORY;
        all[settings.length + 1] = regions.toString();
        return FixtureRun.of(List.of(fixture), directory, directory.resolve("s"), all);
    }

    @AfterEach
    void end() throws IOException {
        if (runtime != null) {
            runtime.close();
            runtime = null;
        }
        EmbeddedTracker.running(directory.resolve("s")).ifPresent(EmbeddedTracker::close);
    }

    abstract static class OneOfTwo {
        @Test
        void a_clean() throws IOException {
            tell("0 4096");
            tell("0 -4096");
        }

        @Test
        void b_leaks() throws IOException {
            tell("0 8192");
        }
    }

    @TtMemoryCheck
    static class Leaking extends OneOfTwo {
        @BeforeAll
        static void open_the_device() throws IOException {
            open();
        }

        @Test
        void c_runs_a_program() throws IOException {
            tell("4 12288");
        }
    }

    @Test
    void it_leaks_and_the_test_fails() throws IOException {
        FixtureRun run = run(Leaking.class);

        assertThat(run.failed()).containsExactly("b_leaks()");
        String message = String.valueOf(run.of("b_leaks()").leak().getMessage());
        assertThat(message)
                .startsWith("MainlineRuntimeTests.Leaking.b_leaks() left 8 KiB of DRAM on device 2\n")
                .containsPattern("shared-memory tracker,\\s+" + regions + ",\\s+1\\s+device")
                .doesNotContain("embedded tracker,")
                .doesNotContain("without an address");
        assertThat(message.replaceAll("\\s+", " "))
                .containsPattern("pid \\d+ java .*\\(ours\\) holds 8 KiB of DRAM on device 2 more than before");
    }

    @TtMemoryCheck
    static class LeakingInContainer extends OneOfTwo {
        @BeforeAll
        static void open_the_device() throws IOException {
            Path directory = Objects.requireNonNull(regions);
            runtime = Child.javaInContainer(
                    directory.resolve("errors"), MainlineRuntimeProgram.class, directory.toString(), "4711", "2");
        }
    }

    /** SlotOwnersTests holds the same against written files, for users who may make no namespaces. */
    @Test
    void in_a_container_it_leaks_and_the_test_fails_by_its_number_here() throws Exception {
        if (!Child.hasContainers()) {
            return;
        }
        FixtureRun run = run(LeakingInContainer.class);

        assertThat(run.failed()).containsExactly("b_leaks()");
        long pid = Objects.requireNonNull(runtime)
                .process()
                .descendants()
                .mapToLong(ProcessHandle::pid)
                .max()
                .orElseThrow();
        assertThat(String.valueOf(run.of("b_leaks()").leak().getMessage()).replaceAll("\\s+", " "))
                .contains(" left 8 KiB of DRAM on device 2 ")
                .containsPattern(
                        "pid " + pid + " \\S*java .*\\(ours\\) holds 8 KiB of DRAM on device 2 more than before");
    }

    @TtMemoryCheck
    static class LeakingAtOnce {
        @BeforeAll
        static void open_the_device() throws IOException {
            open();
        }

        @Test
        void a_leaks_what_it_allocates_first() throws IOException {
            tell("0 8192");
        }
    }

    @Test
    void what_it_holds_when_its_region_appears_is_new() throws IOException {
        assertThat(run(LeakingAtOnce.class).charges())
                .containsExactly("MainlineRuntimeTests.LeakingAtOnce.a_leaks_what_it_allocates_first()"
                        + " left 8 KiB of DRAM on device 2");
    }

    @TtMemoryCheck
    static class Idling {
        @Test
        void uses_no_device() {}
    }

    @Test
    void nothing_seen_has_a_cause_by_what_is_there_and_names_a_variable_only_for_a_runtime_that_knows_it()
            throws Exception {
        String[] fail = {TtMemoryCheckSettings.IDLE, "fail"};
        String[] regionsAlone = {TtMemoryCheckSettings.IDLE, "fail", TtMemoryCheckSettings.TRACKER, "shm"};
        String orUnreported = "; or, with a runtime that reports to a server, TT_ALLOC_TRACKING_ENABLED=1 is missing in"
                + " the process that opens the device; looking at: embedded tracker, ";
        assertThat(idle(fail)).contains("there is none" + orUnreported);
        assertThat(idle(regionsAlone))
                .contains("there is none; looking at: shared-memory tracker, ")
                .doesNotContain("TT_ALLOC_TRACKING_ENABLED");
        WrittenRegion.create(Objects.requireNonNull(regions), "4711", 2);
        assertThat(idle(fail)).contains("none of the 1 region in " + regions + " has changed" + orUnreported);
        assertThat(idle(regionsAlone))
                .contains("none of the 1 region in " + regions + " has changed; looking at: ")
                .doesNotContain("TT_ALLOC_TRACKING_ENABLED");
        assertThat(idle(TtMemoryCheckSettings.IDLE, "fail", TtMemoryCheckSettings.TRACKER, "embedded"))
                .contains("to fix: set tt.memory.check.tracker=auto");
        ProcessBuilder blind = new ProcessBuilder("sleep", "1000");
        blind.environment().put("TT_METAL_SHM_TRACKING_DISABLED", "1");
        Process process = blind.start();
        try {
            Eventually.isTrue(
                    "it runs the command with its variables",
                    () -> process.info()
                            .command()
                            .filter(of -> of.contains("sleep"))
                            .isPresent());
            assertThat(idle(fail))
                    .contains("TT_METAL_SHM_TRACKING_DISABLED=1 is set in the environment of pid " + process.pid())
                    .contains("to fix: unset TT_METAL_SHM_TRACKING_DISABLED before the tests");
        } finally {
            process.destroyForcibly();
        }
    }

    private String idle(String... settings) throws IOException {
        return String.valueOf(run(Idling.class, settings)
                        .of("MainlineRuntimeTests$Idling")
                        .throwable()
                        .orElseThrow()
                        .getMessage())
                .replaceAll("\\s+", " ");
    }

    @TtMemoryCheck
    static class Growing {
        @BeforeAll
        static void open_the_device() throws IOException {
            open();
        }

        @RepeatedTest(4)
        void grows() throws IOException {
            tell("4 4096");
        }
    }

    @Test
    void circular_buffers_that_grow_at_each_repetition_grow() throws IOException {
        FixtureRun run = run(Growing.class);

        assertThat(run.failed()).containsExactly("grows()");
        assertThat(run.of("grows()").leak().getMessage()).doesNotContain("without an address");
    }
}
