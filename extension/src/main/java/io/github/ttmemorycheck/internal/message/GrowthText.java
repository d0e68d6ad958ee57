package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.CacheEntryGrowth;
import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.internal.leak.GrowthResult;
import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.ByteSize;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes as text what grew from repetition to repetition. Pure functions; safe for use by several threads. */
public final class GrowthText {

    private GrowthText() {}

    /**
     * Writes the whole message.
     *
     * @param report what is known of the test, with the buffers that its repetitions left
     * @param grown what grew; at least one
     * @param baseline what the test may leave, to be shown beside it
     * @return several lines, beginning with the summary; without a line break at the end
     */
    public static String render(LeakReport report, List<GrowthResult> grown, Baseline baseline) {
        return render(report, grown, baseline, ProcessHandle.current().pid());
    }

    static String render(LeakReport report, List<GrowthResult> grown, Baseline baseline, long ownProcessId) {
        List<String> lines = new ArrayList<>();
        lines.addAll(Wrapping.sentence(sentence(report.subject(), grown)));
        lines.add("");
        List<GrowthFinding> memory = memory(grown);
        if (!memory.isEmpty()) {
            lines.addAll(GrowthTable.lines(memory, baseline));
            lines.add("");
        }
        entries(grown)
                .forEach(entries -> lines.addAll(Wrapping.hanging(
                        Wrapping.INDENT + "programs in the caches after each repetition: ",
                        Series.counts(entries.entries()))));
        report.notes()
                .forEach(note -> lines.addAll(Wrapping.hanging(Wrapping.INDENT + "note: ", PlainText.escape(note))));
        lines.addAll(DiagnosisLines.lines(report));
        List<String> buffers = memory.isEmpty() ? List.of() : new LeftBuffers(report, ownProcessId).lines();
        if (!buffers.isEmpty()) {
            lines.add("");
            lines.addAll(buffers);
        }
        lines.add("");
        lines.addAll(remedy(report, grown, memory));
        report.dump().ifPresent(dump -> lines.add(Wrapping.INDENT + "all live buffers: " + PlainText.escape(dump)));
        lines.addAll(DiagnosisLines.pages(report));
        lines.addAll(MeasurementLine.lines(report.measurement()));
        return String.join("\n", lines);
    }

    private static String sentence(Subject subject, List<GrowthResult> grown) {
        List<String> clauses = new ArrayList<>(GrowthTable.clauses(memory(grown)));
        entries(grown).forEach(entries -> {
            long least = Series.least(entries.judged());
            clauses.add((Series.isEven(entries.judged()) ? "" : "at least ") + Wording.count(least, "program")
                    + " in its caches");
        });
        return FirstLine.of(subject.name(), " grew by ", clauses, " at every repetition");
    }

    private static List<String> remedy(LeakReport report, List<GrowthResult> grown, List<GrowthFinding> memory) {
        List<String> lines = new ArrayList<>();
        Set<String> fixes = new LinkedHashSet<>();
        DiagnosisLines.shown(report).forEach(diagnosis -> fixes.addAll(diagnosis.fixes()));
        fixes.forEach(
                fix -> lines.addAll(Wrapping.hanging(lines.isEmpty() ? Remedy.FIX : Remedy.blank(Remedy.FIX), fix)));
        if (entries(grown).isEmpty()) {
            // No tolerance lets new programs pass, so there this would not help.
            lines.addAll(Wrapping.hanging(Remedy.ALLOW, annotation(memory)));
        }
        return lines;
    }

    private static String annotation(List<GrowthFinding> memory) {
        long most = memory.stream()
                .mapToLong(finding -> Series.most(finding.judged()))
                .max()
                .orElse(0);
        int warmups = memory.get(0).warmups();
        return "@TtMemoryCheck(" + (warmups == 1 ? "" : "warmups = " + warmups + ", ") + "growthTolerance = \""
                + new ByteSize(most).exact() + "\")";
    }

    private static List<GrowthFinding> memory(List<GrowthResult> grown) {
        return grown.stream()
                .filter(GrowthFinding.class::isInstance)
                .map(GrowthFinding.class::cast)
                .toList();
    }

    private static List<CacheEntryGrowth> entries(List<GrowthResult> grown) {
        return grown.stream()
                .filter(CacheEntryGrowth.class::isInstance)
                .map(CacheEntryGrowth.class::cast)
                .toList();
    }
}
