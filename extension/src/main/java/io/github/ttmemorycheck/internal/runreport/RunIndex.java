package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a run is needed to count several runs together, a line each, its fields separated by tabs. It lies beside the
 * run's JSON, so that nobody has to read that. Pure functions.
 */
final class RunIndex {

    private static final int FIELDS = 8;

    private RunIndex() {}

    static List<String> lines(RunRecord run) {
        long began = run.startedAt().toEpochMilli();
        List<String> lines = new ArrayList<>();
        lines.add(line("run", Long.toString(began), Long.toString(run.processId())));
        for (CheckEntry check : run.checks()) {
            lines.add(line(
                    "check",
                    check.subject().scope().name(),
                    check.verdict().name(),
                    Long.toString(startNanos(run, check)),
                    Long.toString(check.cost().own()),
                    Long.toString(check.cost().waited()),
                    check.subject().uniqueId()));
        }
        for (Failure failure : run.failures()) {
            if (failure.kind() == Failure.Kind.UNCHECKED) {
                lines.add(line(
                        "unchecked",
                        failure.subject().scope().name(),
                        failure.subject().uniqueId(),
                        failure.subject().name(),
                        Wrapping.firstSentence(failure.message())));
            } else if (failure.kind() == Failure.Kind.WAIVER) {
                lines.add(line("waiver-gone", failure.subject().uniqueId()));
            }
        }
        lines.add(line("late", Long.toString(late(run))));
        return lines;
    }

    /** When a check began, in nanoseconds since the epoch, so that those of several processes can be compared. */
    private static long startNanos(RunRecord run, CheckEntry check) {
        return run.startedAt().toEpochMilli() * 1_000_000 + check.startNanos() - run.startNanos();
    }

    private static long late(RunRecord run) {
        return (long) run.lateReleases().size() + run.moreLateReleases();
    }

    /** Adds what lines say to a tally. A line that cannot be read is left out: a report is no reason to fail. */
    static void read(Iterable<String> lines, Tally.Builder tally) {
        for (String line : lines) {
            String[] fields = line.split("\t", FIELDS);
            try {
                read(fields, tally);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
                tally.unreadable();
            }
        }
    }

    /** Returns when the run of these lines began, in milliseconds since the epoch; 0 when they do not say. */
    static long began(List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches("run\t\\d{1,18}\t.*"))
                .map(line -> Long.parseLong(line.split("\t", FIELDS)[1]))
                .findFirst()
                .orElse(0L);
    }

    private static void read(String[] fields, Tally.Builder tally) {
        switch (fields[0]) {
            case "run" -> tally.run(Long.parseLong(fields[2]));
            case "check" ->
                tally.check(
                        Subject.Scope.valueOf(fields[1]),
                        Verdict.valueOf(fields[2]),
                        Long.parseLong(fields[3]),
                        Long.parseLong(fields[4]),
                        Long.parseLong(fields[5]),
                        fields[6]);
            case "unchecked" -> tally.unchecked(Subject.Scope.valueOf(fields[1]), fields[2], fields[3], fields[4]);
            case "waiver-gone" -> tally.waiverGone(fields[1]);
            case "late" -> tally.late(Long.parseLong(fields[1]));
            default -> tally.unreadable();
        }
    }

    private static String line(String... fields) {
        StringBuilder line = new StringBuilder();
        for (String field : fields) {
            line.append(line.isEmpty() ? "" : "\t");
            if (isPlain(field)) {
                line.append(field);
            } else {
                field.codePoints().forEach(sign -> line.appendCodePoint(isPlain(sign) ? sign : ' '));
            }
        }
        return line.toString();
    }

    private static boolean isPlain(String field) {
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) < ' ' || field.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** What is not plain would break the line, or could not be written as UTF-8. */
    private static boolean isPlain(int sign) {
        return !Character.isISOControl(sign)
                && sign != '\u2028'
                && sign != '\u2029'
                && Character.getType(sign) != Character.SURROGATE;
    }
}
