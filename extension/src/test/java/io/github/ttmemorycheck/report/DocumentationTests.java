package io.github.ttmemorycheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentationTests {

    @ParameterizedTest
    @CsvSource({
        "0.1.0, v0.1.0",
        "1.0.0-rc1, v1.0.0-rc1",
        "0.1.0-SNAPSHOT, main",
        "0.1.0-rc1-SNAPSHOT, main",
        "'', main",
        "${project.version}, main"
    })
    void a_release_has_its_own_pages_and_all_else_those_of_the_main_branch(String version, String tag) {
        assertThat(Documentation.of(version))
                .isEqualTo("https://github.com/ttmemorycheck/tt-memory-check/blob/" + tag + "/docs/");
    }

    @Test
    void a_diagnosis_knows_its_page() {
        assertThat(new Diagnosis("weights", "weights", "There are many.", List.of()).page())
                .isEqualTo(Documentation.OF_THIS_VERSION + "diagnosis/weights.md");
    }
}
