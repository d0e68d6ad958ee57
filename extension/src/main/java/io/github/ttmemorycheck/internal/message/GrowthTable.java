package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.internal.text.DeviceRanges;
import io.github.ttmemorycheck.internal.text.SizeColumns;
import io.github.ttmemorycheck.internal.text.TextTable;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What grew, per kind and device, devices with the same figures in one row. */
final class GrowthTable {

    private static final int ROWS = 20;
    private static final int COLUMNS_OF_DEVICES = 20;

    /** Stands for repetitions that do not count. */
    private static final long LEFT_OUT = -1;

    private record Figures(MemoryKind kind, List<Long> held, List<Long> judged, long allowed) {}

    private GrowthTable() {}

    static List<String> lines(List<GrowthFinding> findings, Baseline baseline) {
        Map<Figures, NavigableSet<Integer>> rows = new LinkedHashMap<>();
        for (GrowthFinding finding : findings) {
            long allowed = baseline.allowed(finding.device(), finding.kind()).bytes();
            Figures figures = new Figures(finding.kind(), held(finding), finding.judged(), allowed);
            rows.computeIfAbsent(figures, unknown -> new TreeSet<>()).add(finding.device());
        }
        TextTable table = new TextTable(Wrapping.INDENT, "llrlrl");
        int warmups = findings.get(0).warmups();
        String after = warmups == 0 ? "growth" : "growth after " + Wording.count(warmups, "warm-up");
        table.add("device", "kind", "held after each repetition", after, "baseline", "");
        List<Figures> figures = rows.keySet().stream().limit(ROWS).toList();
        List<Long> allHeld =
                figures.stream().flatMap(row -> row.held().stream()).toList();
        List<Long> allJudged =
                figures.stream().flatMap(row -> row.judged().stream()).toList();
        List<String> allowed = SizeColumns.of(
                        List.of(figures.stream().map(Figures::allowed).toList()), SizeColumns.NONE)
                .get(0);
        for (int i = 0; i < figures.size(); i++) {
            Figures row = figures.get(i);
            table.add(
                    DeviceRanges.of(rows.getOrDefault(row, new TreeSet<>()), COLUMNS_OF_DEVICES),
                    row.kind().name(),
                    Series.sizes(row.held(), "", allHeld),
                    Series.deltas(row.judged(), allJudged),
                    allowed.get(i),
                    Verdict.GREW.label());
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (rows.size() > ROWS) {
            lines.add(Wrapping.INDENT + "... and " + Wording.count(rows.size() - ROWS, "more row"));
        }
        return lines;
    }

    /** What was held after each repetition, with a gap before one that does not go on from what the one before held. */
    private static List<Long> held(GrowthFinding finding) {
        List<Long> held = new ArrayList<>();
        for (int i = 0; i < finding.heldAfter().size(); i++) {
            long after = finding.heldAfter().get(i);
            long before = after - finding.deltas().get(i);
            if (i > 0 && before != finding.heldAfter().get(i - 1)) {
                held.add(LEFT_OUT);
            }
            held.add(after);
        }
        return held;
    }

    /** By how much each kind grew, the kind that grew the most first. */
    static List<String> clauses(List<GrowthFinding> findings) {
        Map<MemoryKind, List<GrowthFinding>> byKind = new TreeMap<>();
        NavigableSet<Integer> devices = new TreeSet<>();
        for (GrowthFinding finding : findings) {
            byKind.computeIfAbsent(finding.kind(), unknown -> new ArrayList<>()).add(finding);
            devices.add(finding.device());
        }
        return byKind.values().stream()
                .sorted((one, other) ->
                        Long.compare(amount(other).total(), amount(one).total()))
                .map(ofKind -> {
                    boolean even = ofKind.stream().allMatch(finding -> Series.isEven(finding.judged()));
                    return (even ? "" : "at least ") + amount(ofKind).text(devices);
                })
                .toList();
    }

    private static Amount amount(List<GrowthFinding> ofOneKind) {
        NavigableMap<Integer, Long> least = new TreeMap<>();
        ofOneKind.forEach(finding -> least.put(finding.device(), Series.least(finding.judged())));
        return new Amount(ofOneKind.get(0).kind(), least);
    }
}
