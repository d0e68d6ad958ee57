package io.github.ttmemorycheck.internal.runreport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.report.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubWorkflowTests {

    @TempDir
    Path workspace;

    private GitHubWorkflow github() {
        return new GitHubWorkflow(Map.of("GITHUB_WORKSPACE", workspace.toString()), workspace.resolve("a,b"));
    }

    private void source(String file, String... lines) throws IOException {
        Path source = workspace.resolve("a,b/src").resolve(file);
        Files.createDirectories(source.getParent());
        Files.write(source, List.of(lines));
    }

    private static Subject subject(String className, String method) {
        return new Subject(
                method.isEmpty() ? Subject.Scope.CLASS : Subject.Scope.TEST, "id", className, method, "", "shown");
    }

    @Test
    void a_leak_is_one_line_with_its_place_and_all_of_its_message() throws IOException {
        source("test/java/org/example/C.java", "class C {", "  void d() {", "  }", "}");

        assertThat(github().command(subject("org.example.C", "d()"), "left 100 %\r\n  of: a, b", true))
                .isEqualTo("::error file=a%2Cb/src/test/java/org/example/C.java,line=2,title=Device memory%3A C.d()"
                        + "::left 100 %25%0D%0A  of: a, b");
    }

    @Test
    void without_a_place_only_the_title_is_said() {
        assertThat(github().command(subject("org.example.Missing", "d()"), "m", false))
                .isEqualTo("::warning title=Device memory%3A Missing.d()::m");
    }

    @Test
    void the_line_is_that_of_the_method_in_its_own_class() throws IOException {
        source(
                "it/kotlin/org/example/Outer.kt",
                "class Outer {",
                "  fun step() = helper.step()",
                "  class Inner {",
                "    // other.step() is called",
                "    fun `step`(x: Int) {}",
                "  }",
                "}");

        assertThat(github().command(subject("org.example.Outer$Inner", "step(int)"), "m", true))
                .contains("Outer.kt,line=5,");
        assertThat(github().command(subject("org.example.Outer$Inner", ""), "m", true))
                .contains("Outer.kt,line=3,");
        assertThat(github().command(subject("org.example.Outer", "inherited()"), "m", true))
                .contains("Outer.kt,line=1,");
    }

    @Test
    void a_class_of_the_same_name_in_another_package_is_another_source() throws IOException {
        source("test/java/org/example/one/C.java", "class C {}");
        source("test/java/org/example/two/C.java", "", "class C {}");

        assertThat(github().command(subject("org.example.two.C", ""), "m", true))
                .contains("/two/C.java,line=2,");
    }

    @Test
    void a_long_message_is_cut_between_lines_so_that_no_figure_is() {
        String line = "  0  DRAM  8388610, 8388612 KiB\n";

        assertThat(github().command(subject("C", ""), line.repeat(200), true))
                .endsWith("DRAM  8388610, 8388612 KiB ...")
                .hasSizeGreaterThan(3_900);
        assertThat(github().command(subject("C", ""), "12345 ".repeat(1_000), true))
                .endsWith("12345 ...");
    }

    @Test
    void a_long_message_is_cut() {
        assertThat(github().command(subject("C", ""), "m".repeat(5_000), true))
                .endsWith("mmm ...")
                .hasSizeLessThan(4_100);
    }
}
