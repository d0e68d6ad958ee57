package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a subject left, in one sentence. */
final class LeakSentence {

    /**
     * What was left of one kind, and what was allowed of it.
     *
     * @param amount what was left
     * @param allowed what was allowed on each of its devices; empty where they differ
     */
    private record Clause(Amount amount, Optional<Long> allowed) {

        boolean allowsSomething() {
            return allowed.isEmpty() || allowed.get() > 0;
        }
    }

    private LeakSentence() {}

    static String of(LeakReport report) {
        String name = report.subject().name();
        boolean alone = report.measurement().beside().isEmpty();
        String verb = switch (report.subject().scope()) {
                    case CLASS, FACTORY -> " as a whole";
                    case TEST, OUTSIDE, REPETITIONS -> "";
                }
                + (alone ? " left " : ", or what ran beside it, left ");
        Set<Integer> devices = new TreeSet<>();
        report.findings().forEach(finding -> devices.add(finding.device()));

        List<Clause> failing =
                clauses(report.findings(), finding -> finding.verdict().fails());
        if (!failing.isEmpty()) {
            return failing(name, verb, failing, devices, report.subject().wholeClass());
        }
        if (report.findings().stream().anyMatch(finding -> finding.verdict() == Verdict.INCONCLUSIVE)) {
            return FirstLine.of(name, " could not be checked", List.of(""), "");
        }
        List<Clause> passing = clauses(report.findings(), finding -> true);
        if (!passing.isEmpty()) {
            List<String> texts = passing.stream()
                    .map(clause -> clause.amount().text(devices))
                    .toList();
            return FirstLine.of(name, verb, texts, ", within the baseline");
        }
        return FirstLine.of(name, verb, List.of("nothing"), "");
    }

    private static String failing(
            String name, String verb, List<Clause> clauses, Set<Integer> devices, boolean wholeClass) {
        String rest = wholeClass ? " beyond what its tests were charged for" : "";
        if (clauses.size() == 1) {
            Clause only = clauses.get(0);
            String allowance = !only.allowsSomething()
                    ? ""
                    : only.allowed()
                            .map(bytes -> ", where " + allowed(only, bytes) + " is allowed")
                            .orElse(", more than is allowed");
            return FirstLine.of(name, verb, List.of(only.amount().text(devices)), rest + allowance);
        }
        List<String> texts = clauses.stream()
                .map(clause -> clause.amount().text(devices) + allowance(clause))
                .toList();
        return FirstLine.of(name, verb, texts, rest);
    }

    private static String allowance(Clause clause) {
        if (!clause.allowsSomething()) {
            return "";
        }
        return clause.allowed()
                .map(bytes -> " (" + allowed(clause, bytes) + " allowed)")
                .orElse(" (more than allowed)");
    }

    /** Writes what is allowed, exactly where rounding would make it look like what was left. */
    private static String allowed(Clause clause, long bytes) {
        String rounded = ByteSize.format(bytes);
        boolean alike = clause.amount().bytes().values().stream()
                .anyMatch(left -> ByteSize.format(left).equals(rounded));
        return alike ? new ByteSize(bytes).exact() : rounded;
    }

    /** A clause for each kind of which something was left, the largest first. */
    private static List<Clause> clauses(List<Finding> findings, Predicate<Finding> wanted) {
        return Stream.of(MemoryKind.values())
                .map(kind -> findings.stream()
                        .filter(finding -> finding.kind() == kind && finding.left() > 0)
                        .filter(wanted)
                        .toList())
                .filter(ofKind -> !ofKind.isEmpty())
                .map(LeakSentence::clause)
                .sorted(Comparator.comparingLong(
                                (Clause clause) -> clause.amount().total())
                        .reversed())
                .toList();
    }

    private static Clause clause(List<Finding> ofOneKind) {
        NavigableMap<Integer, Long> bytes = new TreeMap<>();
        Set<Long> allowances = new HashSet<>();
        ofOneKind.forEach(finding -> {
            bytes.put(finding.device(), finding.left());
            allowances.add(finding.allowed());
        });
        Optional<Long> allowed = allowances.size() == 1 ? allowances.stream().findFirst() : Optional.empty();
        return new Clause(new Amount(ofOneKind.get(0).kind(), bytes), allowed);
    }
}
