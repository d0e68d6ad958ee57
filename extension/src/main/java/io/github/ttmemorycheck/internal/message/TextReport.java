package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.LeakReport;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a report as text for a terminal of 100 columns, without colours. Only what must not be cut may be wider: a
 * path or an address that is to be opened.
 *
 * <p>Pure functions of the report; safe for use by several threads. Names and command lines in it may hold any character:
 * those that could break a line are escaped.
 */
public final class TextReport {

    private TextReport() {}

    /**
     * Writes the whole message.
     *
     * @param report what is known
     * @return several lines, beginning with the summary; without a line break at the end
     */
    public static String render(LeakReport report) {
        return render(report, ProcessHandle.current().pid());
    }

    /**
     * Writes what the message begins with; there it takes two lines where it is wider than one.
     *
     * @param report what is known
     * @return one line
     */
    public static String summary(LeakReport report) {
        return Wrapping.oneLine(LeakSentence.of(report));
    }

    static String render(LeakReport report, long ownProcessId) {
        List<String> lines = new ArrayList<>();
        lines.addAll(Wrapping.sentence(LeakSentence.of(report)));
        LeftBuffers buffers = new LeftBuffers(report, ownProcessId);
        List<String> table = new ArrayList<>(FindingTable.lines(report.findings()));
        if (!buffers.areKnown() && !table.isEmpty()) {
            table.set(0, Wrapping.withRight(table.get(0), LeftBuffers.fingerprint(report)));
        }
        addBlock(lines, table);
        addBlock(lines, buffers.lines());
        addBlock(lines, new Facts(report).lines());
        List<String> end = new ArrayList<>(Remedy.lines(report));
        report.dump().ifPresent(dump -> end.add(Wrapping.INDENT + "all live buffers: " + PlainText.escape(dump)));
        end.addAll(DiagnosisLines.pages(report));
        end.addAll(MeasurementLine.lines(report.measurement()));
        addBlock(lines, end);
        return String.join("\n", lines);
    }

    private static void addBlock(List<String> lines, List<String> block) {
        if (!block.isEmpty()) {
            lines.add("");
            lines.addAll(block);
        }
    }
}
