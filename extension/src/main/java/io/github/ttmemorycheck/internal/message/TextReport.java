package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.LeakReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a report as text for a terminal of 100 columns, without colours. Only what must not be cut may be wider: a
 * path or an address that is to be opened, and a row of figures.
 *
 * <p>Names and command lines in a report may hold any character: those that could break a line are escaped.
 */
public final class TextReport {

    private TextReport() {}

    /** Writes the whole message: several lines, beginning with the summary, without a line break at the end. */
    public static String render(LeakReport report) {
        return render(report, ProcessHandle.current().pid());
    }

    /** Writes what the message begins with, in one line; the message takes two where it is wider than one. */
    public static String summary(LeakReport report) {
        return Wrapping.oneLine(LeakSentence.of(report));
    }

    static String render(LeakReport report, long ownProcessId) {
        LeftBuffers buffers = new LeftBuffers(report, ownProcessId);
        List<String> table = new ArrayList<>(FindingTable.lines(report.findings()));
        if (!buffers.areKnown() && !table.isEmpty()) {
            table.set(0, Wrapping.withRight(table.get(0), LeftBuffers.fingerprint(report)));
        }
        return joined(List.of(
                Wrapping.sentence(LeakSentence.of(report)),
                table,
                buffers.lines(),
                new FurtherFacts(report).lines(),
                end(report, Remedy.lines(report))));
    }

    /** The last block of a message: what to do, where to read on, and how it was measured. */
    static List<String> end(LeakReport report, List<String> remedy) {
        List<String> lines = new ArrayList<>(remedy);
        if (!report.dump().isEmpty()) {
            lines.add(Wrapping.INDENT + "all live buffers: " + PlainText.escape(report.dump()));
        }
        lines.addAll(DiagnosisLines.pages(report));
        lines.addAll(MeasurementLine.lines(report.measurement()));
        return lines;
    }

    /** Joins blocks of lines, an empty line between them; a block without lines is left out. */
    static String joined(List<List<String>> blocks) {
        return blocks.stream()
                .filter(block -> !block.isEmpty())
                .map(block -> String.join("\n", block))
                .collect(Collectors.joining("\n\n"));
    }
}
