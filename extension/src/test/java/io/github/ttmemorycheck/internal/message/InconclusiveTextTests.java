package io.github.ttmemorycheck.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.report.Subjects;
import org.junit.jupiter.api.Test;

class InconclusiveTextTests {

    @Test
    void what_is_only_warned_of_is_not_said_to_fail() {
        String text = InconclusiveText.render(
                new Inconclusive(Subjects.test("T.t()"), "no answer", "totals", "nothing", "start it"), false);

        assertThat(text)
                .contains("\n  so:     what the test left is unknown; this is only a warning\n")
                .doesNotContain("fails");
    }

    @Test
    void a_server_that_stopped_answering() {
        String text = InconclusiveText.render(new Inconclusive(
                Subjects.test("DecodeTests.prefill()"),
                "the allocation server stopped answering",
                "totals of 8 devices, /tmp/tt_allocation_server.sock, waited 2 s",
                "last seen: pid 812 (allocation_server_poc), 412 ms before the test ended",
                "start the server again, or end it and let the JVM of the tests serve:"
                        + " tt.memory.check.tracker=embedded"));

        GoldenFile.assertMatches("inconclusive", text);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void a_cause_from_outside_stays_on_one_line() {
        String text = InconclusiveText.summary(
                new Inconclusive(Subjects.wholeClass("DecodeTests"), "it said \"100%s\"\nand went", "a", "b", "c"));

        assertThat(text).isEqualTo("DecodeTests as a whole could not be checked: it said \"100%s\"\\nand went");
    }
}
