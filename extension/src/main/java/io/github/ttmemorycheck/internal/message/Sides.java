package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.internal.leak.GrowthResult;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What an IDE shows side by side of a failure, a line for each thing that fails.
 *
 * @param expected what is allowed
 * @param actual what was found instead
 */
public record Sides(String expected, String actual) {

    /** Returns what is allowed to be left, and what was left. */
    public static Sides ofLeak(LeakReport report) {
        return new Sides(amounts(report, Finding::allowed), amounts(report, Finding::left));
    }

    private static String amounts(LeakReport report, ToLongFunction<Finding> figure) {
        return report.findings().stream()
                .filter(finding -> finding.verdict().fails())
                .map(finding -> pool(finding.pool()) + ByteSize.format(figure.applyAsLong(finding)))
                .collect(Collectors.joining("\n"));
    }

    /** Returns what a repetition may add, and what one added at least. */
    public static Sides ofGrowth(List<GrowthResult> grown) {
        return new Sides(
                lines(grown, growth -> of(growth, "at most ", growth.tolerance(), " more at each repetition")),
                lines(grown, growth -> of(growth, growth.isEven() ? "" : "at least ", growth.least(), when(growth))));
    }

    private static String lines(List<GrowthResult> grown, Function<GrowthResult, String> line) {
        return grown.stream().map(line).collect(Collectors.joining("\n"));
    }

    private static String of(GrowthResult growth, String bound, long amount, String when) {
        if (growth instanceof GrowthFinding memory) {
            return pool(memory.pool()) + bound + ByteSize.format(amount) + when;
        }
        return "program caches: " + bound + Wording.count(amount, "program") + when;
    }

    private static String pool(MemoryPool pool) {
        return "device " + pool.device() + " " + pool.kind() + ": ";
    }

    private static String when(GrowthResult growth) {
        int judged = growth.judged().size();
        return growth.timesGrownAsJudged() == judged
                ? " more at each repetition"
                : " more in " + growth.timesGrownAsJudged() + " of " + judged + " repetitions";
    }
}
