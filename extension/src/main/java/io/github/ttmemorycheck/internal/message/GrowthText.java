package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.CacheEntryGrowth;
import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.internal.leak.GrowthResult;
import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Writes as text what grew from repetition to repetition. */
public final class GrowthText {

    private final LeakReport report;
    private final Baseline baseline;
    private final List<GrowthFinding> memory;
    private final Optional<CacheEntryGrowth> caches;

    private GrowthText(LeakReport report, List<GrowthResult> grown, Baseline baseline) {
        this.report = report;
        this.baseline = baseline;
        memory = GrowthResult.ofMemory(grown);
        caches = GrowthResult.ofPrograms(grown);
    }

    /**
     * Writes the whole message: several lines, beginning with the summary, without a line break at the end.
     *
     * @param report what is known of the test, with the buffers that its repetitions left
     * @param grown what grew; at least one
     * @param baseline what the test may leave, to be shown beside it
     */
    public static String render(LeakReport report, List<GrowthResult> grown, Baseline baseline) {
        return render(report, grown, baseline, ProcessHandle.current().pid());
    }

    static String render(LeakReport report, List<GrowthResult> grown, Baseline baseline, long ownProcessId) {
        return new GrowthText(report, grown, baseline).text(ownProcessId);
    }

    private String text(long ownProcessId) {
        List<String> facts = new ArrayList<>();
        caches.ifPresent(growth -> facts.addAll(Wrapping.hanging(
                Wrapping.INDENT + "programs in the caches after each repetition: ",
                RepetitionFigures.counts(growth.after()))));
        facts.addAll(FurtherFacts.notes(report));
        facts.addAll(DiagnosisLines.lines(report));
        return TextReport.joined(List.of(
                Wrapping.sentence(sentence()),
                memory.isEmpty() ? List.of() : new GrowthTable(memory, baseline).lines(),
                facts,
                memory.isEmpty() ? List.of() : new LeftBuffers(report, ownProcessId).lines(),
                TextReport.end(report, remedy())));
    }

    private String sentence() {
        List<String> clauses = new ArrayList<>(memoryClauses());
        caches.ifPresent(growth ->
                clauses.add(atLeast(growth.isEven()) + Wording.count(growth.least(), "program") + " in its caches"));
        return FirstLine.of(report.subject().name(), " grew by ", clauses, " " + when());
    }

    /** {@code at every repetition}, or {@code in 11 of 12 repetitions} where something paused. */
    private String when() {
        List<GrowthResult> all =
                Stream.<GrowthResult>concat(memory.stream(), caches.stream()).toList();
        int repetitions = all.get(0).deltas().size();
        int least = all.stream().mapToInt(GrowthResult::timesGrown).min().orElse(0);
        boolean alike = all.stream().allMatch(growth -> growth.timesGrown() == least);
        if (least == repetitions) {
            return "at every repetition";
        }
        return (alike ? "in " : "in at least ") + Wording.number(least) + " of "
                + Wording.count(repetitions, "repetition");
    }

    /** By how much each kind grew, the kind that grew the most first. */
    private List<String> memoryClauses() {
        MemoryTotals.Builder least = MemoryTotals.builder();
        Set<MemoryKind> uneven = EnumSet.noneOf(MemoryKind.class);
        for (GrowthFinding growth : memory) {
            least.add(growth.pool().device(), growth.pool().kind(), growth.least());
            if (!growth.isEven()) {
                uneven.add(growth.pool().kind());
            }
        }
        MemoryTotals totals = least.build();
        return Amount.of(totals).stream()
                .sorted(Comparator.comparingLong(Amount::total).reversed())
                .map(amount -> atLeast(!uneven.contains(amount.kind())) + amount.text(totals.devices()))
                .toList();
    }

    private static String atLeast(boolean even) {
        return even ? "" : "at least ";
    }

    private List<String> remedy() {
        Set<String> fixes = new LinkedHashSet<>();
        DiagnosisLines.shown(report).forEach(diagnosis -> fixes.addAll(diagnosis.fixes()));
        List<String> lines = new ArrayList<>(Remedy.listed(Remedy.FIX, fixes));
        if (caches.isEmpty()) {
            // No tolerance lets new programs pass, so there this would not help.
            lines.addAll(Wrapping.hanging(Remedy.ALLOW, annotation()));
        }
        return lines;
    }

    private String annotation() {
        long most = memory.stream().mapToLong(GrowthResult::most).max().orElse(0);
        int warmups = memory.get(0).warmups();
        return "@TtMemoryCheck(" + (warmups == 1 ? "" : "warmups = " + warmups + ", ") + "growthTolerance = \""
                + new ByteSize(most).exact() + "\")";
    }
}
