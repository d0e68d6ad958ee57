package io.github.ttmemorycheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectTests {

    private static final String TEMPLATE = "[engine:junit-jupiter]/[class:com.example.LlamaTests]"
            + "/[nested-class:Decode]/[test-template:step(int)]";

    private static final String SECOND = TEMPLATE + "/[test-template-invocation:#2]";

    private static Subject invocation(String uniqueId, String number) {
        return new Subject(
                Subject.Scope.TEST, uniqueId, "com.example.LlamaTests$Decode", "step(int)", number, "the second");
    }

    @Test
    void a_name_has_no_package_and_a_qualified_name_no_invocation() {
        Subject subject = invocation(SECOND, "[2]");

        assertThat(subject.name()).isEqualTo("LlamaTests.Decode.step(int)[2]");
        assertThat(subject).hasToString("LlamaTests.Decode.step(int)[2]");
        assertThat(subject.qualifiedName()).isEqualTo("com.example.LlamaTests.Decode.step(int)");
        assertThat(Subjects.wholeClass("LlamaTests").name()).isEqualTo("LlamaTests");
        assertThat(Subjects.wholeClass("LlamaTests").qualifiedName()).isEqualTo("org.example.LlamaTests");
        assertThat(Subject.classNameWithoutPackage("LlamaTests")).isEqualTo("LlamaTests");
    }

    @Test
    void all_invocations_of_a_test_are_one_subject_under_the_id_of_the_method() {
        Subject all = invocation(SECOND, "[2]").repetitions();

        assertThat(all.scope()).isEqualTo(Subject.Scope.REPETITIONS);
        assertThat(all.uniqueId()).isEqualTo(TEMPLATE + "/[test-template]");
        assertThat(all.name()).isEqualTo("LlamaTests.Decode.step(int)");
        assertThat(all.displayName()).isEqualTo("the second");
        assertThat(invocation(TEMPLATE + "/[test-template-invocation:#13]", "[13]")
                        .repetitions())
                .isEqualTo(all);
        assertThat(invocation(SECOND, "").repetitions().uniqueId())
                .as("the id of what is no invocation")
                .isEqualTo(SECOND);
    }

    @Test
    void the_numbers_of_invocations_stand_in_an_id() {
        assertThat(Subject.invocations("[class-template-invocation:#3]/[method:x()]/[test-template-invocation:#12]"))
                .extracting(invocation -> invocation.group(1))
                .containsExactly("3", "12");
        assertThat(Subject.invocations(TEMPLATE).map(MatchResult::group)).isEmpty();
    }

    @Test
    void subjects_are_the_same_by_id_and_scope_alone() {
        Subject subject = invocation(SECOND, "[2]");
        Subject renamed = new Subject(Subject.Scope.TEST, SECOND, "Other", "other()", "", "another");
        Subject ofClass = new Subject(Subject.Scope.CLASS, SECOND, "com.example.LlamaTests$Decode", "", "", "");

        assertThat(subject)
                .isEqualTo(renamed)
                .hasSameHashCodeAs(renamed)
                .isNotEqualTo(ofClass)
                .isNotEqualTo(invocation(TEMPLATE, "[2]"))
                .doesNotHaveSameHashCodeAs(invocation(TEMPLATE, "[2]"));
    }

    @Test
    void subjects_are_of_the_same_test_by_class_and_method() {
        Subject subject = invocation(SECOND, "[2]");

        assertThat(subject.isOfTheSameTestAs(invocation(TEMPLATE, ""))).isTrue();
        assertThat(subject.isOfTheSameTestAs(
                        new Subject(Subject.Scope.TEST, SECOND, "com.example.LlamaTests$Decode", "x()", "", "")))
                .isFalse();
        assertThat(subject.isOfTheSameTestAs(new Subject(Subject.Scope.TEST, SECOND, "X", "step(int)", "", "")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "TEST, test, true, false",
        "FACTORY, test, true, false",
        "REPETITIONS, repetitions, false, false",
        "CLASS, class, false, true"
    })
    void a_scope_is_a_test_or_a_class_or_neither(Subject.Scope scope, String word, boolean test, boolean wholeClass) {
        Subject subject = Subjects.of("LlamaTests", scope);

        assertThat(scope.word()).isEqualTo(word);
        assertThat(List.of(subject.isTest(), subject.wholeClass())).containsExactly(test, wholeClass);
    }
}
