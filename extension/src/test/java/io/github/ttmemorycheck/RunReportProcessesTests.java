package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.runreport.ReportSchema;
import io.github.ttmemorycheck.internal.server.Child;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Reports of real JVMs: forks at the same time, plans one after the other, and JVMs that are ended from outside. */
@Timeout(120)
class RunReportProcessesTests {

    @TempDir
    Path directory;

    private Path report() {
        return directory.resolve("report");
    }

    private String errors() throws IOException {
        return Files.readString(directory.resolve("errors"));
    }

    private JsonNode json() throws IOException {
        return ReportSchema.read(report().resolve("report.json"));
    }

    private List<String> tests() throws IOException {
        return json().get("runs")
                .valueStream()
                .flatMap(run -> run.get("checks").valueStream())
                .filter(check -> check.get("scope").asString().equals("test"))
                .map(check -> check.get("name").asString() + " "
                        + check.get("verdict").asString())
                .sorted()
                .toList();
    }

    private Child start(List<String> options, Class<?>... fixtures) throws IOException {
        return start(options, Arrays.stream(fixtures).map(Class::getName).toArray(String[]::new));
    }

    private Child start(List<String> options, String... fixtures) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(report().toString()));
        arguments.addAll(List.of(fixtures));
        List<String> all = new ArrayList<>(options);
        all.add("-D" + TtMemoryCheckSettings.SOCKET + "=" + directory.resolve("s"));
        all.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=info");
        return Child.java(directory.resolve("errors"), all, ReportProgram.class, arguments.toArray(String[]::new));
    }

    private void run(List<String> options, Class<?>... fixtures) throws Exception {
        try (Child child = start(options, fixtures)) {
            assertThat(child.exitCode())
                    .as(() -> contents(directory.resolve("errors")))
                    .isZero();
        }
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private void build(Class<?>... fixtures) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(BuildProgram.MAVEN, report().toString()));
        Arrays.stream(fixtures).map(Class::getName).forEach(arguments::add);
        try (Child tool = Child.java(
                directory.resolve("errors"), List.of(), BuildProgram.class, arguments.toArray(String[]::new))) {
            assertThat(tool.process().waitFor()).isZero();
        }
    }

    @Test
    void forks_of_one_build_write_one_report_and_the_next_build_another() throws Exception {
        build(ReportProgram.Clean.class, ReportProgram.Leaking.class);

        assertThat(tests())
                .containsExactly("ReportProgram.Clean.decodes() clean", "ReportProgram.Leaking.forgets() leaked");
        assertThat(json().at("/summary/processes").asInt()).isEqualTo(2);
        assertThat(errors())
                .contains("device memory: 1 test checked, no leaks", "device memory: 1 test checked, 1 leaked")
                .contains("  2 processes so far: 2 tests checked, 1 leaked")
                .contains("  report: " + report().resolve("index.html").toUri());

        build(ReportProgram.Clean.class);
        assertThat(tests()).containsExactly("ReportProgram.Clean.decodes() clean");
        assertThat(report().resolve("index.html")).content().contains("\"tests\":1");
    }

    @Test
    void a_test_that_is_run_again_in_its_jvm_counts_by_its_last_attempt() throws Exception {
        run(List.of(), ReportProgram.Flaky.class, ReportProgram.Flaky.class, ReportProgram.Clean.class);

        assertThat(tests())
                .containsExactly(
                        "ReportProgram.Clean.decodes() clean",
                        "ReportProgram.Flaky.decodes() clean",
                        "ReportProgram.Flaky.decodes() leaked");
        assertThat(errors())
                .containsOnlyOnce("device memory: ")
                .doesNotContain("not checked")
                .contains("device memory: 2 tests checked, 1 failed at first and passed when run again");
    }

    @Test
    void a_class_with_a_loader_of_its_own_shares_the_server_the_report_and_the_summary() throws Exception {
        String plain = ReportProgram.Clean.class.getName();
        String own = ReportProgram.OWN_LOADER + ReportProgram.Leaking.class.getName();
        try (Child child = start(List.of(), plain, own, own, plain)) {
            assertThat(child.exitCode())
                    .as(() -> contents(directory.resolve("errors")))
                    .isZero();
        }

        assertThat(tests())
                .containsExactly(
                        "ReportProgram.Clean.decodes() clean",
                        "ReportProgram.Clean.decodes() clean",
                        "ReportProgram.Leaking.forgets() leaked",
                        "ReportProgram.Leaking.forgets() leaked");
        assertThat(errors())
                .containsOnlyOnce("device memory: 2 tests checked, 1 leaked")
                .containsOnlyOnce("  report: ")
                .contains("tracked by the attached allocation server tracker");
        assertThat(directory.resolve("s")).doesNotExist();
    }

    @Test
    void events_that_this_jvm_cannot_send_for_want_of_native_code_are_not_measured() throws Exception {
        run(
                List.of("-Djava.io.tmpdir=" + directory.resolve("nowhere")),
                ReportProgram.Clean.class,
                ReportProgram.Leaking.class);

        assertThat(tests())
                .containsExactly(
                        "ReportProgram.Clean.decodes() inconclusive", "ReportProgram.Leaking.forgets() inconclusive");
        assertThat(errors())
                .contains("junixsocket's native library cannot be loaded; ")
                .contains("not checked: ReportProgram.Leaking.forgets()")
                .doesNotContain("\tat ", "Start the tracker first")
                .doesNotContain("TT_ALLOC_TRACKING_ENABLED");
        assertThat(errors().lines()).hasSizeLessThan(20);
    }

    @Test
    void the_summary_is_seen_without_a_provider_of_slf4j() throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("slf4j-simple"))
                .collect(Collectors.joining(File.pathSeparator));
        try (Child child = Child.run(
                directory.resolve("errors").toFile(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-D" + TtMemoryCheckSettings.SOCKET + "=" + directory.resolve("s"),
                        "-cp",
                        classPath,
                        ReportProgram.class.getName(),
                        report().toString(),
                        ReportProgram.Clean.class.getName()))) {
            assertThat(child.exitCode()).isZero();
        }
        assertThat(errors()).contains("INFO: device memory: 1 test checked, no leaks");
    }

    @Test
    void a_run_without_a_check_writes_nothing_and_says_nothing() throws Exception {
        run(List.of(), ReportProgram.Unchecked.class);
        run(List.of("-D" + TtMemoryCheckSettings.MODE + "=off"), ReportProgram.Leaking.class);

        assertThat(report()).doesNotExist();
        assertThat(errors()).doesNotContain("device memory");
    }

    @Test
    void a_jvm_that_is_asked_to_end_writes_what_it_has() throws Exception {
        try (Child child = start(List.of(), ReportProgram.Clean.class, ReportProgram.Waiting.class)) {
            assertThat(child.readLine()).isEqualTo("waiting");
            // Not destroy() of the process itself, which would end the test in it by closing its input.
            child.process().toHandle().destroy();
            child.exitCode();
        }
        assertThat(tests())
                .containsExactly("ReportProgram.Clean.decodes() clean", "ReportProgram.Waiting.first() clean");
        assertThat(json().at("/runs/1/complete").asBoolean()).isFalse();
    }

    @Test
    void a_jvm_that_is_killed_leaves_a_whole_report_and_keeps_nobody_waiting() throws Exception {
        run(List.of(), ReportProgram.Clean.class);
        try (Child child = start(List.of(), ReportProgram.Leaking.class, ReportProgram.Waiting.class)) {
            assertThat(child.readLine()).isEqualTo("waiting");
            child.kill();
        }
        assertThat(tests()).containsExactly("ReportProgram.Clean.decodes() clean");

        // The part of its first run is there, and belongs to the same build where Maven is that.
        run(List.of(), ReportProgram.Flaky.class);
        assertThat(tests()).contains("ReportProgram.Flaky.decodes() leaked");
    }

    @Test
    void a_folder_that_cannot_be_written_is_a_warning_and_changes_no_verdict() throws Exception {
        Files.writeString(report(), "a file where the folder should be");
        run(List.of(), ReportProgram.Leaking.class);

        assertThat(errors())
                .contains("device memory: 1 test checked, 1 leaked")
                .contains("WARN io.github.ttmemorycheck - the report of the run could not be written to " + report()
                        + "; set tt.memory.check.report.directory to a folder that can be written");
        assertThat(report()).hasContent("a file where the folder should be");
    }

    @Test
    void github_is_told_of_each_leak_in_a_line_and_of_the_run_in_the_summary_of_the_step() throws Exception {
        Path summary = directory.resolve("step.md");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + TtMemoryCheckSettings.SOCKET + "=" + directory.resolve("s"),
                "-cp",
                System.getProperty("java.class.path"),
                ReportProgram.class.getName(),
                report().toString(),
                ReportProgram.Leaking.class.getName(),
                ReportProgram.Clean.class.getName(),
                ReportProgram.Leaking.class.getName());
        builder.environment().put("GITHUB_ACTIONS", "true");
        builder.environment()
                .put("GITHUB_WORKSPACE", Path.of("").toAbsolutePath().toString());
        builder.environment().put("GITHUB_STEP_SUMMARY", summary.toString());
        builder.redirectError(directory.resolve("errors").toFile());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();

        assertThat(output.lines().filter(line -> line.startsWith("::")))
                .singleElement()
                .asString()
                .matches("::error file=src/test/java/io/github/ttmemorycheck/ReportProgram\\.java,line=\\d+,"
                        + "title=Device memory%3A ReportProgram\\.Leaking\\.forgets\\(\\)"
                        + "::ReportProgram\\.Leaking\\.forgets\\(\\) left 8 KiB of DRAM on device 3%0A%0A.*");
        assertThat(summary).content().startsWith("```text\ndevice memory: 2 tests checked, 1 leaked\n");
    }
}
