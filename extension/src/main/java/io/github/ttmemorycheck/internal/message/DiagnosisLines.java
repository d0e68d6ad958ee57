package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.LeakReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the leak probably is, and where that is explained. */
final class DiagnosisLines {

    /** More guesses than these help nobody; the others are only named. */
    private static final int SHOWN = 3;

    private static final String FIRST = Wrapping.INDENT + "likely:   ";
    private static final String FURTHER = Wrapping.INDENT + "also:     ";

    private DiagnosisLines() {}

    static List<Diagnosis> shown(LeakReport report) {
        return report.diagnoses().subList(0, Math.min(SHOWN, report.diagnoses().size()));
    }

    /** A paragraph each, with the name of the rule at its end. */
    static List<String> lines(LeakReport report) {
        List<String> lines = new ArrayList<>();
        for (Diagnosis diagnosis : shown(report)) {
            lines.addAll(Wrapping.hanging(
                    lines.isEmpty() ? FIRST : FURTHER,
                    PlainText.escape(diagnosis.conclusion() + ". " + diagnosis.evidence())
                            + " " + Wrapping.UNBROKEN
                            + "[" + diagnosis.rule() + "]"));
        }
        List<Diagnosis> others = report.diagnoses()
                .subList(shown(report).size(), report.diagnoses().size());
        if (!others.isEmpty()) {
            lines.addAll(Wrapping.hanging(
                    Wrapping.INDENT + "or:       ",
                    others.stream()
                            .map(diagnosis -> "[" + diagnosis.rule() + "]")
                            .collect(Collectors.joining(", "))));
        }
        return lines;
    }

    /** The page of the first rule, whole, so that it can be opened, and the names of the pages beside it. */
    static List<String> pages(LeakReport report) {
        if (report.diagnoses().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(Wrapping.INDENT + "see:      " + report.diagnoses().get(0).page());
        String beside = report.diagnoses().stream()
                .skip(1)
                .map(diagnosis -> diagnosis.rule() + ".md")
                .collect(Collectors.joining(", "));
        if (!beside.isEmpty()) {
            lines.addAll(Wrapping.hanging(Wrapping.INDENT + "          ", "and beside it " + beside));
        }
        return lines;
    }
}
