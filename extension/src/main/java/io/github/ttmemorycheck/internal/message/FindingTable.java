package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.text.DeviceRanges;
import io.github.ttmemorycheck.internal.text.DeviceRow;
import io.github.ttmemorycheck.internal.text.SizeCells;
import io.github.ttmemorycheck.internal.text.TextTable;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/** The figures per device and kind, devices with the same figures in one row. */
final class FindingTable {

    private static final int ROWS = 20;
    private static final int COLUMNS_OF_DEVICES = 20;

    private FindingTable() {}

    static List<String> lines(List<Finding> findings) {
        List<DeviceRow<Finding>> rows = rows(findings);
        List<DeviceRow<Finding>> shown = rows.subList(0, Math.min(ROWS, rows.size()));
        SizeCells sizes = new SizeCells(shown.stream().map(DeviceRow::first).flatMapToLong(FindingTable::figures));
        TextTable table = new TextTable(Wrapping.INDENT, "llrrrrl");
        table.add("device", "kind", "before", "after", "left", "allowed", "");
        for (DeviceRow<Finding> row : shown) {
            Finding finding = row.first();
            table.add(
                    DeviceRanges.of(row.devices(), COLUMNS_OF_DEVICES),
                    finding.kind().name(),
                    sizes.textOrNone(finding.before()),
                    sizes.textOrNone(finding.after()),
                    (finding.left() == 0 ? "" : "+") + sizes.textOrNone(finding.left()),
                    sizes.textOrNone(finding.allowed()),
                    finding.verdict().label());
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (rows.size() > ROWS) {
            long failing = rows.stream().skip(ROWS).filter(FindingTable::fails).count();
            String more = Wrapping.INDENT + "... and " + Wording.count(rows.size() - ROWS, "more row");
            lines.add(failing == 0 ? more : more + ", " + Wording.number(failing) + " of them leaked");
        }
        return lines;
    }

    private static List<DeviceRow<Finding>> rows(List<Finding> findings) {
        List<DeviceRow<Finding>> rows = DeviceRow.fold(
                findings,
                Finding::device,
                finding -> List.of(finding.kind(), figures(finding).boxed().toList(), finding.verdict()));
        return rows.stream()
                .sorted(Comparator.comparing((DeviceRow<Finding> row) -> !fails(row))
                        .thenComparing(row -> row.devices().first())
                        .thenComparing(row -> row.first().kind()))
                .toList();
    }

    private static LongStream figures(Finding finding) {
        return LongStream.of(finding.before(), finding.after(), finding.left(), finding.allowed());
    }

    private static boolean fails(DeviceRow<Finding> row) {
        return row.first().verdict().fails();
    }
}
