package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.internal.text.DeviceRanges;
import io.github.ttmemorycheck.internal.text.DeviceRow;
import io.github.ttmemorycheck.internal.text.SizeCells;
import io.github.ttmemorycheck.internal.text.TextTable;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What grew, per kind and device, devices with the same figures in one row. */
final class GrowthTable {

    private static final int ROWS = 20;
    private static final int COLUMNS_OF_DEVICES = 20;

    private final List<DeviceRow<GrowthFinding>> rows;
    private final Baseline baseline;
    private final SizeCells sizes;

    /** Takes what grew: at least one finding. */
    GrowthTable(List<GrowthFinding> findings, Baseline baseline) {
        this.baseline = baseline;
        rows = DeviceRow.fold(
                findings,
                growth -> growth.pool().device(),
                growth -> List.of(growth.pool().kind(), growth.after(), growth.deltas(), allowed(growth)));
        sizes = new SizeCells(shown().flatMapToLong(row -> LongStream.concat(
                Stream.of(row.first().after(), row.first().judged())
                        .flatMap(Collection::stream)
                        .mapToLong(Math::abs),
                LongStream.of(allowed(row.first())))));
    }

    private long allowed(GrowthFinding growth) {
        return baseline.allowed(growth.pool());
    }

    private Stream<DeviceRow<GrowthFinding>> shown() {
        return rows.stream().limit(ROWS);
    }

    List<String> lines() {
        int figuresInALine = RepetitionFigures.MOST;
        TextTable table = table(figuresInALine);
        while (!table.fits() && figuresInALine > 1) {
            figuresInALine--;
            table = table(figuresInALine);
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (rows.size() > ROWS) {
            lines.add(Wrapping.INDENT + "... and " + Wording.count(rows.size() - ROWS, "more row"));
        }
        return lines;
    }

    private TextTable table(int figuresInALine) {
        TextTable table = new TextTable(Wrapping.INDENT, "llrlrl");
        int warmups = rows.get(0).first().warmups();
        String growth = warmups == 0 ? "growth" : "growth after " + Wording.count(warmups, "warm-up");
        table.add("device", "kind", "held after each repetition", growth, "baseline", "");
        shown().forEach(row -> table.add(
                DeviceRanges.of(row.devices(), COLUMNS_OF_DEVICES),
                row.first().pool().kind().name(),
                RepetitionFigures.amounts(held(row.first()), figuresInALine),
                growth(row.first(), figuresInALine),
                sizes.textOrNone(allowed(row.first())),
                Verdict.GREW.label()));
        return table;
    }

    /** What was held after each repetition, with a gap before one that does not go on from what the one before held. */
    private List<String> held(GrowthFinding growth) {
        List<Long> after = growth.after();
        List<String> texts = sizes.texts(after);
        List<String> held = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            if (i > 0 && after.get(i) - growth.deltas().get(i) != after.get(i - 1)) {
                held.add(SizeCells.NONE);
            }
            held.add(texts.get(i));
        }
        return held;
    }

    /**
     * What each repetition added: {@code +36  +36  +40 KiB}. Where they are even and too many for a line, {@code +36
     * KiB 12 times} says it all; with pauses, the count is {@code in 10 of 11}.
     */
    private String growth(GrowthFinding growth, int figuresInALine) {
        int judged = growth.judged().size();
        boolean paused = growth.timesGrownAsJudged() < judged;
        String times = "in " + growth.timesGrownAsJudged() + " of " + judged;
        if (growth.isEven() && judged > RepetitionFigures.MOST) {
            return "+" + sizes.text(growth.least()) + " " + (paused ? times : Wording.number(judged) + " times");
        }
        return RepetitionFigures.deltas(added(growth.judged()), figuresInALine) + (paused ? "\n" + times : "");
    }

    /** What was added, each with its sign; nothing added is a figure without a sign or unit. */
    private List<String> added(List<Long> deltas) {
        List<String> sizesAdded = sizes.texts(deltas.stream().map(Math::abs).toList());
        List<String> added = new ArrayList<>();
        for (int i = 0; i < deltas.size(); i++) {
            long delta = deltas.get(i);
            added.add(delta == 0 ? "0" : (delta < 0 ? "-" : "+") + sizesAdded.get(i));
        }
        return added;
    }
}
