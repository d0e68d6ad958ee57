package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.text.DeviceRanges;
import io.github.ttmemorycheck.internal.text.SizeColumns;
import io.github.ttmemorycheck.internal.text.TextTable;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** The figures per device and kind, devices with the same figures in one row. */
final class FindingTable {

    private static final int ROWS = 20;
    private static final int COLUMNS_OF_DEVICES = 20;

    /** What the devices of a row have in common. */
    private record Figures(MemoryKind kind, long before, long after, long left, long allowed, Verdict verdict) {

        Figures(Finding finding) {
            this(
                    finding.kind(),
                    finding.before(),
                    finding.after(),
                    finding.left(),
                    finding.allowed(),
                    finding.verdict());
        }
    }

    private record Row(NavigableSet<Integer> devices, Figures figures) {

        boolean fails() {
            return figures.verdict().fails();
        }
    }

    private FindingTable() {}

    static List<String> lines(List<Finding> findings) {
        List<Row> rows = rows(findings);
        TextTable table = new TextTable(Wrapping.INDENT, "llrrrrl");
        table.add("device", "kind", "before", "after", "left", "allowed", "");
        List<Row> shown = rows.subList(0, Math.min(ROWS, rows.size()));
        List<List<String>> sizes = SizeColumns.of(
                List.of(
                        column(shown, Figures::before),
                        column(shown, Figures::after),
                        column(shown, Figures::left),
                        column(shown, Figures::allowed)),
                SizeColumns.NONE);
        for (int i = 0; i < shown.size(); i++) {
            Figures figures = shown.get(i).figures();
            table.add(
                    DeviceRanges.of(shown.get(i).devices(), COLUMNS_OF_DEVICES),
                    figures.kind().name(),
                    sizes.get(0).get(i),
                    sizes.get(1).get(i),
                    (figures.left() == 0 ? "" : "+") + sizes.get(2).get(i),
                    sizes.get(3).get(i),
                    figures.verdict().label());
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (rows.size() > ROWS) {
            long failing = rows.stream().skip(ROWS).filter(Row::fails).count();
            String more = Wrapping.INDENT + "... and " + Wording.count(rows.size() - ROWS, "more row");
            lines.add(failing == 0 ? more : more + ", " + Wording.number(failing) + " of them leaked");
        }
        return lines;
    }

    private static List<Row> rows(List<Finding> findings) {
        Map<Figures, NavigableSet<Integer>> folded = new LinkedHashMap<>();
        findings.forEach(finding -> folded.computeIfAbsent(new Figures(finding), unknown -> new TreeSet<>())
                .add(finding.device()));
        return folded.entrySet().stream()
                .map(entry -> new Row(entry.getValue(), entry.getKey()))
                .sorted(Comparator.comparing(Row::fails)
                        .reversed()
                        .thenComparing(row -> row.devices().first())
                        .thenComparing(row -> row.figures().kind()))
                .toList();
    }

    private static List<Long> column(List<Row> rows, ToLongFunction<Figures> figure) {
        return rows.stream().map(row -> figure.applyAsLong(row.figures())).toList();
    }
}
