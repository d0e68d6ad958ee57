package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubjectNamesTests {

    @Test
    void a_name_of_a_file_is_the_subjects_without_what_no_file_may_have() {
        assertThat(SubjectNames.file("LlamaTests.Decode.step()")).isEqualTo("LlamaTests.Decode.step");
        assertThat(SubjectNames.file("LlamaTests.step(int)[2]")).isEqualTo("LlamaTests.step_int_[2]");
    }

    @Test
    void a_name_that_is_cut_or_not_plain_is_told_from_others() {
        String longest = "x".repeat(300);
        assertThat(SubjectNames.file(longest + "a()"))
                .hasSizeLessThan(220)
                .isNotEqualTo(SubjectNames.file(longest + "b()"));
        assertThat(SubjectNames.file("T.\u6e2c()")).matches("[ -~]+").isNotEqualTo(SubjectNames.file("T.\u8a66()"));
    }
}
