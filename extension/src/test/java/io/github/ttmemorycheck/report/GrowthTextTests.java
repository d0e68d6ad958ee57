package io.github.ttmemorycheck.report;

import static io.github.ttmemorycheck.report.Reports.KIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.leak.Baseline;
import io.github.ttmemorycheck.leak.BaselineLevel;
import io.github.ttmemorycheck.leak.BaselineScope;
import io.github.ttmemorycheck.leak.BaselineStatement;
import io.github.ttmemorycheck.leak.CacheEntryGrowth;
import io.github.ttmemorycheck.leak.GrowthFinding;
import io.github.ttmemorycheck.leak.GrowthResult;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GrowthTextTests {

    private static final Subject SUBJECT = new Subject("AccumulationTests.step()", false, 0);

    @Test
    void growth_inside_a_baseline() {
        List<GrowthResult> grown = new ArrayList<>();
        for (int device = 0; device < 8; device++) {
            grown.add(steady(device, MemoryKind.DRAM, 36 * KIB, 4));
            if (device == 0) {
                grown.add(steady(0, MemoryKind.L1, 12 * KIB, 4));
            }
        }
        Baseline baseline = new Baseline(List.of(new BaselineLevel(
                "configuration",
                BaselineScope.CONFIGURATION,
                List.of(
                        new BaselineStatement(Baseline.ALL_DEVICES, MemoryKind.DRAM, 1024 * KIB),
                        new BaselineStatement(0, MemoryKind.L1, 64 * KIB)))));

        check("growth", GrowthText.render(SUBJECT, grown, baseline, List.of(), Reports.MEASURED));
    }

    @Test
    void growth_that_is_not_the_same_each_time() {
        List<Long> held = List.of(36 * KIB, 80 * KIB, 120 * KIB + 1);
        List<GrowthResult> grown = List.of(
                new GrowthFinding(0, MemoryKind.DRAM, held, List.of(36 * KIB, 44 * KIB, 40 * KIB + 1), 0),
                new CacheEntryGrowth(List.of(2L, 3L, 5L), List.of(2L, 1L, 2L), 0));

        check("growth-uneven", GrowthText.render(SUBJECT, grown, Baseline.NONE, List.of(), Reports.MEASURED));
    }

    @Test
    void growth_of_the_program_caches_alone_over_many_repetitions() {
        List<GrowthResult> grown = List.of(new CacheEntryGrowth(
                LongStream.rangeClosed(1, 100).boxed().toList(),
                LongStream.rangeClosed(1, 100).map(each -> 1).boxed().toList(),
                2));

        check("growth-of-caches", GrowthText.render(SUBJECT, grown, Baseline.NONE, List.of(), Reports.MEASURED));
    }

    private static GrowthFinding steady(int device, MemoryKind kind, long step, int repetitions) {
        List<Long> held = LongStream.rangeClosed(1, repetitions)
                .map(repetition -> repetition * step)
                .boxed()
                .toList();
        List<Long> deltas = held.stream().map(each -> step).toList();
        return new GrowthFinding(device, kind, held, deltas, 1);
    }

    private static void check(String name, String text) {
        assertThat(text.split("\n", -1)).allSatisfy(line -> {
            assertThat(line).isEqualTo(line.stripTrailing());
            assertThat(PlainText.width(line)).as(line).isLessThanOrEqualTo(100);
        });
        GoldenFile.assertMatches(name, text);
    }
}
