package io.github.ttmemorycheck.internal.runreport;

import static io.github.ttmemorycheck.report.Verdict.CLEAN;
import static io.github.ttmemorycheck.report.Verdict.INCONCLUSIVE;
import static io.github.ttmemorycheck.report.Verdict.KNOWN;
import static io.github.ttmemorycheck.report.Verdict.LEAKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.report.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunSummaryTests {

    private static Tally tally(RunRecord... runs) {
        Tally.Builder builder = new Tally.Builder();
        for (RunRecord run : runs) {
            builder.add(RunIndex.lines(run));
        }
        return builder.build();
    }

    private static Failure unchecked(String name, String message) {
        return unchecked(Records.subject(name, Subject.Scope.TEST), message);
    }

    private static Failure unchecked(Subject subject, String message) {
        return new Failure(subject, Failure.Kind.UNCHECKED, message, true, Optional.empty(), 0);
    }

    @Test
    void a_clean_run_is_said_in_a_line_with_its_cost_and_its_report() {
        Tally own = tally(Records.run(List.of(Records.check("a", CLEAN, 0), Records.check("b", CLEAN, 1))));

        assertThat(RunSummary.lines(own, own, "file:///r/index.html"))
                .containsExactly(
                        "device memory: 2 tests checked, no leaks",
                        "  checking took 12 ms, 6 ms a test",
                        "  report: file:///r/index.html");
    }

    @Test
    void a_known_leak_of_a_class_is_counted_too() {
        Tally own = tally(Records.run(List.of(
                Records.check("a", CLEAN, 0), Records.check(Records.subject("A", Subject.Scope.CLASS), KNOWN, 1))));

        assertThat(RunSummary.lines(own, own, "").get(0)).isEqualTo("device memory: 1 test checked, 1 known leak");
    }

    @Test
    void a_test_that_is_run_again_counts_once_by_its_last_attempt() {
        RunRecord first = Records.run(List.of(
                Records.check("flaky", LEAKED, 0), Records.check("bad", LEAKED, 1), Records.check("b", KNOWN, 2)));
        RunRecord again = Records.run(List.of(Records.check("flaky", CLEAN, 10), Records.check("bad", LEAKED, 11)));

        for (Tally own : List.of(tally(first, again), tally(again, first))) {
            assertThat(RunSummary.lines(own, own, "").get(0))
                    .isEqualTo("device memory: 3 tests checked, 1 leaked, 1 known leak,"
                            + " 1 failed at first and passed when run again");
        }
    }

    @Test
    void what_was_not_checked_is_said_with_the_reason_as_far_as_that_is_bearable() {
        List<Failure> failures = new ArrayList<>();
        failures.add(unchecked("A.b()", "A.b() could not be checked: no answer\n\nmore"));
        failures.add(unchecked("C", "nothing was seen"));
        IntStream.range(0, 10).forEach(i -> failures.add(unchecked("T" + i, "why")));
        Tally own = tally(Records.run(1, List.of(Records.check("A.b()", INCONCLUSIVE, 0)), failures));

        assertThat(RunSummary.lines(own, own, ""))
                .startsWith(
                        "device memory: 1 test checked, 1 could not be measured",
                        "  not checked: A.b() could not be checked: no answer",
                        "  not checked: C: nothing was seen")
                .contains("  ... and 7 more that were not checked");
    }

    @Test
    void where_something_was_not_checked_nothing_is_said_of_leaks() {
        Tally own = tally(
                Records.run(1, List.of(Records.check("C.a()", CLEAN, 0)), List.of(unchecked("C", "nothing was seen"))));

        assertThat(RunSummary.lines(own, own, ""))
                .startsWith("device memory: 1 test checked", "  not checked: C: nothing was seen");
    }

    @Test
    void other_processes_of_the_build_are_counted_too() {
        RunRecord own = Records.run(1, List.of(Records.check("a", CLEAN, 0)), List.of());
        RunRecord other = Records.run(2, List.of(Records.check("b", LEAKED, 0)), List.of());

        assertThat(RunSummary.lines(tally(own), tally(own, other), ""))
                .contains("  2 processes so far: 2 tests checked, 1 leaked");
    }

    @Test
    void names_cannot_break_the_lines_that_runs_are_counted_by() {
        Tally own = tally(Records.full());

        assertThat(own.of(Count.TESTS)).isEqualTo(2);
        assertThat(own.unchecked())
                .singleElement()
                .satisfies(what -> assertThat(what.name()).isEqualTo("b"));
    }

    @Test
    void what_could_be_measured_when_it_was_run_again_was_checked_and_a_waiver_is_complained_of_once() {
        Failure waiver = new Failure(
                Records.subject("w", Subject.Scope.TEST), Failure.Kind.WAIVER, "gone", true, Optional.empty(), 0);
        RunRecord first = Records.run(
                1,
                List.of(Records.check("a", INCONCLUSIVE, 0), Records.check("w", CLEAN, 1)),
                List.of(unchecked("a", "no answer"), waiver));
        RunRecord again =
                Records.run(1, List.of(Records.check("a", CLEAN, 10), Records.check("w", CLEAN, 11)), List.of(waiver));

        assertThat(tally(first, again).unchecked()).isEmpty();
        assertThat(tally(first, again).of(Count.WAIVERS_GONE)).isEqualTo(1);
    }

    @Test
    void a_class_was_checked_when_something_was_seen_in_it_in_any_run() {
        Subject type = Records.subject("C", Subject.Scope.CLASS);
        RunRecord seen = Records.run(List.of(Records.check("C.a()", CLEAN, 0), Records.check(type, CLEAN, 1)));
        RunRecord idle = Records.run(
                1,
                List.of(Records.check("C.a()", CLEAN, 10), Records.check(type, CLEAN, 11)),
                List.of(unchecked(type, "nothing was seen")));

        assertThat(tally(seen, idle).unchecked()).isEmpty();
        assertThat(tally(idle, seen).unchecked()).isEmpty();
        assertThat(tally(idle, idle).unchecked()).hasSize(1);
    }

    @Test
    void a_test_factory_counts_as_one_test() {
        Tally own = tally(Records.run(
                1,
                List.of(Records.check(Records.subject("f", Subject.Scope.FACTORY), INCONCLUSIVE, 0)),
                List.of(unchecked(Records.subject("f", Subject.Scope.FACTORY), "no answer"))));

        assertThat(RunSummary.lines(own, own, ""))
                .startsWith("device memory: 1 test checked, 1 could not be measured", "  not checked: f: no answer");
    }

    @Test
    void classes_of_one_name_in_two_packages_are_counted_apart() {
        Subject one = Records.homonym("org.example.one", Subject.Scope.TEST);
        Subject two = Records.homonym("org.example.two", Subject.Scope.TEST);
        Tally own = tally(Records.run(
                1,
                List.of(Records.check(one, LEAKED, 0), Records.check(two, CLEAN, 1)),
                List.of(unchecked(one, "no answer"), unchecked(two, "no answer either"))));

        assertThat(RunSummary.lines(own, own, "").get(0)).isEqualTo("device memory: 2 tests checked, 1 leaked");
        assertThat(own.of(Count.RECOVERED)).isZero();

        Tally classes = tally(Records.run(
                1,
                List.of(),
                List.of(
                        unchecked(Records.homonym("org.example.one", Subject.Scope.CLASS), "no answer"),
                        unchecked(Records.homonym("org.example.two", Subject.Scope.CLASS), "no answer either"))));
        assertThat(classes.unchecked())
                .extracting(Tally.Unchecked::why)
                .containsExactly("no answer", "no answer either");
    }
}
