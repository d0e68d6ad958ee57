package io.github.ttmemorycheck.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Subjects;
import org.junit.jupiter.api.Test;

class DumpFileTests {

    private static String name(String subject) {
        return DumpFile.name(Subjects.test(subject));
    }

    @Test
    void a_file_is_named_as_its_test_without_what_no_file_may_have() {
        assertThat(name("LlamaTests.step()")).isEqualTo("org.example.LlamaTests.step.dump.txt");
        assertThat(name("LlamaTests.step(int)[2]")).isEqualTo("org.example.LlamaTests.step_int_[2].dump.txt");
    }

    @Test
    void a_name_that_is_cut_or_not_plain_differs_from_others() {
        String longest = "T." + "x".repeat(300);
        assertThat(name(longest + "a()")).hasSizeLessThan(230).isNotEqualTo(name(longest + "b()"));
        assertThat(name("T.\u6e2c()")).matches("[ -~]+").isNotEqualTo(name("T.\u8a66()"));
    }

    @Test
    void classes_of_one_simple_name_in_two_packages_have_two_files() {
        Subject one = new Subject(Subject.Scope.TEST, "[a]", "com.one.LlamaTests", "decode()", "", "decode()");
        Subject two = new Subject(Subject.Scope.TEST, "[b]", "com.two.LlamaTests", "decode()", "", "decode()");

        assertThat(one.name()).isEqualTo(two.name());
        assertThat(DumpFile.name(one)).isEqualTo("com.one.LlamaTests.decode.dump.txt");
        assertThat(DumpFile.name(two)).isEqualTo("com.two.LlamaTests.decode.dump.txt");
    }
}
