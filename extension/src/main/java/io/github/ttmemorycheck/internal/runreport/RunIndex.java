package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What has to be known of a run to count several runs together: a line for each fact, its fields separated by tabs. It
 * lies beside the run's JSON, so that nobody has to parse that. Pure functions.
 */
final class RunIndex {

    private static final int FIELDS = 8;

    /** What would break a line, or could not be written as UTF-8. */
    private static final Pattern NOT_FOR_LINES = Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029]");

    private RunIndex() {}

    static List<String> lines(RunRecord run) {
        long began = run.startedAt().toEpochMilli();
        // Since the epoch, so that the attempts of several processes can be compared.
        long startNanos = began * 1_000_000 - run.startNanos();
        List<String> lines = new ArrayList<>();
        lines.add(line("run", began, run.processId()));
        for (CheckEntry check : run.checks()) {
            lines.add(line(
                    "check",
                    scope(check.subject()),
                    check.verdict(),
                    startNanos + check.startNanos(),
                    check.cost().own(),
                    check.cost().waited(),
                    check.subject().uniqueId()));
        }
        for (Failure failure : run.failures()) {
            Subject subject = failure.subject();
            if (failure.kind() == Failure.Kind.UNCHECKED) {
                lines.add(line(
                        "unchecked",
                        scope(subject),
                        subject.uniqueId(),
                        subject.name(),
                        Wrapping.firstSentence(failure.message())));
            } else if (failure.kind() == Failure.Kind.WAIVER) {
                lines.add(line("waiver-gone", scope(subject), subject.uniqueId()));
            }
        }
        lines.add(line("late", (long) run.lateReleases().size() + run.moreLateReleases()));
        return lines;
    }

    /** A test factory counts as the one test that it is. */
    private static Subject.Scope scope(Subject subject) {
        return subject.isTest() ? Subject.Scope.TEST : subject.scope();
    }

    static String[] fields(String line) {
        return line.split("\t", FIELDS);
    }

    /** Returns when the run of these lines began, in milliseconds since the epoch; 0 when they do not say. */
    static long began(List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches("run\t\\d{1,18}\t.*"))
                .map(line -> Long.parseLong(fields(line)[1]))
                .findFirst()
                .orElse(0L);
    }

    private static String line(Object... fields) {
        return Arrays.stream(fields)
                .map(Object::toString)
                .map(field -> JsonWriter.isPlain(field)
                        ? field
                        : NOT_FOR_LINES.matcher(field).replaceAll(" "))
                .collect(Collectors.joining("\t"));
    }
}
