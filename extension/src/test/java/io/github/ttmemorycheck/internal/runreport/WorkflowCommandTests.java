package io.github.ttmemorycheck.internal.runreport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkflowCommandTests {

    private static final Path WORKSPACE = Path.of("/w");

    @Test
    void a_leak_is_one_line_with_its_place_and_all_of_its_message() {
        assertThat(WorkflowCommand.annotation(
                        "error",
                        Optional.of(new SourceLine(Path.of("/w/m/src/test/java/a,b/C.java"), 7)),
                        WORKSPACE,
                        "Device memory: C.d()",
                        "left 100 %\r\n  of: a, b"))
                .isEqualTo("::error file=m/src/test/java/a%2Cb/C.java,line=7,title=Device memory%3A C.d()"
                        + "::left 100 %25%0D%0A  of: a, b");
    }

    @Test
    void without_a_place_only_the_title_is_said() {
        assertThat(WorkflowCommand.annotation("warning", Optional.empty(), WORKSPACE, "t", "m"))
                .isEqualTo("::warning title=t::m");
    }

    @Test
    void the_source_of_a_test_is_found_by_its_class_and_its_line_by_its_method() {
        SourceLine found = SourceLine.find(
                        Nested.class, "a_method_to_find", Path.of("").toAbsolutePath())
                .orElseThrow();

        assertThat(found.file().toString())
                .endsWith("src/test/java/io/github/ttmemorycheck/internal/runreport/WorkflowCommandTests.java");
        assertThat(found)
                .isNotEqualTo(SourceLine.find(Nested.class, "", Path.of("").toAbsolutePath())
                        .orElseThrow());
        assertThat(SourceLine.find(String.class, "length", Path.of("").toAbsolutePath()))
                .isEmpty();
    }

    static final class Nested {

        int a_method_to_find() {
            return 1;
        }
    }
}
