package io.github.ttmemorycheck.internal.message;

import static io.github.ttmemorycheck.internal.message.Reports.KIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.diagnosis.Diagnoses;
import io.github.ttmemorycheck.internal.diagnosis.Evidence;
import io.github.ttmemorycheck.internal.diagnosis.Fingerprint;
import io.github.ttmemorycheck.internal.diagnosis.LateFrees;
import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import io.github.ttmemorycheck.internal.leak.BaselineScope;
import io.github.ttmemorycheck.internal.leak.BaselineStatement;
import io.github.ttmemorycheck.internal.leak.CacheEntryGrowth;
import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.internal.leak.GrowthResult;
import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Subjects;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GrowthTextTests {

    private static final Subject SUBJECT = Subjects.test("AccumulationTests.step()");

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

        check("growth", GrowthText.render(report(grown), grown, baseline, 1));
    }

    @Test
    void growth_that_is_not_the_same_each_time() {
        List<Long> held = List.of(36 * KIB, 80 * KIB, 120 * KIB + 1);
        List<GrowthResult> grown = List.of(
                new GrowthFinding(
                        new MemoryPool(0, MemoryKind.DRAM), held, List.of(36 * KIB, 44 * KIB, 40 * KIB + 1), 0, 0),
                new CacheEntryGrowth(List.of(2L, 3L, 5L), List.of(2L, 1L, 2L), 0));

        check("growth-uneven", GrowthText.render(report(grown), grown, Baseline.NONE, 1));
    }

    @Test
    void growth_in_figures_too_wide_for_one_line() {
        List<Long> deltas = List.of(4 * KIB, 4 * KIB + 2, 4 * KIB + 4, 4 * KIB + 2, 4 * KIB + 6);
        List<Long> held = new ArrayList<>();
        long last = 8192 * 1024 * KIB;
        for (long delta : deltas) {
            last += delta;
            held.add(last);
        }
        List<GrowthResult> grown = List.of(new GrowthFinding(new MemoryPool(0, MemoryKind.DRAM), held, deltas, 1, 0));

        check("growth-large", GrowthText.render(report(grown), grown, Baseline.NONE, 1));
    }

    @Test
    void small_growth_on_much_memory_in_figures_that_are_whole() {
        long before = 8192 * 1024 * KIB;
        List<Long> held = LongStream.rangeClosed(1, 6)
                .map(repetition -> before + repetition * 2 * KIB)
                .boxed()
                .toList();
        List<GrowthResult> grown = List.of(new GrowthFinding(
                new MemoryPool(0, MemoryKind.DRAM),
                held,
                held.stream().map(each -> 2 * KIB).toList(),
                1,
                0));

        check("growth-small-on-much", GrowthText.render(report(grown), grown, Baseline.NONE, 1));
    }

    @Test
    void growth_that_paused_once() {
        List<GrowthResult> grown = List.of(
                paused(0, MemoryKind.DRAM, 64, 64, 64, 64, 64, 64, 0, 64, 64, 64, 64, 64),
                paused(1, MemoryKind.DRAM, 64, 64, 64, 64, 64, 64, 0, 64, 64, 64, 64, 64));

        check("growth-paused", GrowthText.render(report(grown), grown, Baseline.NONE, 1));
    }

    @Test
    void growth_that_paused_and_is_not_the_same_each_time() {
        List<GrowthResult> grown = List.of(
                paused(0, MemoryKind.DRAM, 64, 64, -8, 48, 64, 64, 60, 64, 64, 64, 64, 64),
                paused(0, MemoryKind.L1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0),
                paused(1, MemoryKind.L1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));

        check("growth-paused-uneven", GrowthText.render(report(grown), grown, Baseline.NONE, 1));
    }

    @Test
    void eight_deltas_are_written_in_full_and_of_nine_the_first_and_the_last() {
        List<GrowthResult> grown = List.of(
                paused(0, MemoryKind.DRAM, 4, 4, 4, 4, 4, 4, 4, 4, 4),
                paused(0, MemoryKind.L1, 4, 5, 4, 5, 4, 5, 4, 5, 4));

        check("growth-in-full", GrowthText.render(report(grown), grown, Baseline.NONE, 1));
        assertThat(RepetitionFigures.deltas(
                        List.of("+1 B", "+2 B", "+3 B", "+4 B", "+5 B", "+6 B", "+7 B", "+8 B", "+9 B"), 8))
                .isEqualTo("+1  +2  +3  +4  (3 more)  +8  +9 B");
    }

    private static GrowthFinding paused(int device, MemoryKind kind, long... kib) {
        List<Long> deltas = LongStream.of(kib).mapToObj(delta -> delta * KIB).toList();
        List<Long> held = new ArrayList<>();
        long last = 100 * KIB;
        for (long delta : deltas) {
            last += delta;
            held.add(last);
        }
        return new GrowthFinding(new MemoryPool(device, kind), held, deltas, 1, 0);
    }

    @Test
    void growth_with_a_repetition_left_out() {
        List<GrowthResult> grown = List.of(new GrowthFinding(
                new MemoryPool(3, MemoryKind.DRAM),
                List.of(64 * KIB, 128 * KIB, 256 * KIB),
                List.of(64 * KIB, 64 * KIB, 64 * KIB),
                1,
                0));

        check("growth-left-out", GrowthText.render(report(grown), grown, Baseline.NONE, 1));
    }

    @Test
    void growth_of_the_program_caches_alone_over_many_repetitions() {
        List<GrowthResult> grown = List.of(new CacheEntryGrowth(
                LongStream.rangeClosed(1, 100).boxed().toList(),
                LongStream.rangeClosed(1, 100).map(each -> 1).boxed().toList(),
                2));

        check("growth-of-caches", GrowthText.render(report(grown), grown, Baseline.NONE, 1));
    }

    /** A report as the extension makes it: a finding and a buffer for each growth of memory and each repetition. */
    private static LeakReport report(List<GrowthResult> grown) {
        List<Finding> findings = new ArrayList<>();
        List<DeviceBuffer> buffers = new ArrayList<>();
        for (GrowthResult result : grown) {
            if (result instanceof GrowthFinding growth) {
                long after = growth.after().get(growth.after().size() - 1);
                findings.add(
                        new Finding(growth.pool().device(), growth.pool().kind(), 0, after, after, 0, Verdict.GREW));
                long at = 0;
                for (long delta : growth.deltas()) {
                    at++;
                    if (!growth.isGrowth(delta)) {
                        continue;
                    }
                    buffers.add(new DeviceBuffer(
                            growth.pool().device(),
                            growth.pool().kind(),
                            0x3FFF_0000L - at * 0x8000,
                            delta,
                            1,
                            2,
                            4711,
                            at * 100 + growth.pool().device(),
                            at * 20_000_000));
                }
            }
        }
        Evidence evidence = new Evidence(
                false,
                findings,
                buffers,
                List.of(),
                new CacheRelease(1, 2, MemoryTotals.NONE, ""),
                List.of(),
                LateFrees.NONE,
                grown,
                MemoryTotals.builder().add(0, MemoryKind.L1, 105_408 * KIB).build(),
                Map.of(),
                false,
                0,
                List.of());
        return new LeakReport(
                SUBJECT,
                0,
                findings,
                buffers,
                Map.of(4711, "python3 worker.py"),
                List.of(),
                CacheRelease.NO_DEVICE,
                List.of("repetitions that failed or were aborted are left out: 2"),
                Diagnoses.of(evidence),
                Fingerprint.of(SUBJECT, evidence),
                Reports.MEASURED,
                "target/tt-memory-check/AccumulationTests.step.dump.txt");
    }

    private static GrowthFinding steady(int device, MemoryKind kind, long step, int repetitions) {
        List<Long> held = LongStream.rangeClosed(1, repetitions)
                .map(repetition -> repetition * step)
                .boxed()
                .toList();
        List<Long> deltas = held.stream().map(each -> step).toList();
        return new GrowthFinding(new MemoryPool(device, kind), held, deltas, 1, 0);
    }

    private static void check(String name, String text) {
        assertThat(text.split("\n", -1)).allSatisfy(line -> {
            assertThat(line).isEqualTo(line.stripTrailing());
            if (!line.startsWith("  see:      ")) {
                assertThat(PlainText.width(line)).as(line).isLessThanOrEqualTo(100);
            }
        });
        GoldenFile.assertMatches(name, text);
    }

    @Test
    void figures_of_several_units_keep_theirs() {
        assertThat(RepetitionFigures.amounts(List.of("1 KiB", "2 B", "-"), 2)).isEqualTo("1 KiB, 2 B,\n-");
    }

    @Test
    void as_many_rows_of_growth_as_there_is_room_for_are_all_shown() {
        List<GrowthResult> grown = new ArrayList<>();
        for (int device = 0; device < 20; device++) {
            grown.add(steady(device, MemoryKind.DRAM, device + 1, 3));
        }
        assertThat(GrowthText.render(report(grown), grown, Baseline.NONE, 1)).doesNotContain("more row");

        grown.add(steady(20, MemoryKind.DRAM, 21, 3));
        assertThat(GrowthText.render(report(grown), grown, Baseline.NONE, 1)).contains("\n  ... and 1 more row\n");
    }

    @Test
    void beside_each_other_stand_what_a_repetition_may_add_and_what_one_added() {
        MemoryPool l1 = new MemoryPool(3, MemoryKind.L1);
        List<GrowthResult> grown = List.of(
                steady(0, MemoryKind.DRAM, 36 * KIB, 3),
                new GrowthFinding(l1, List.of(4L, 9L, 15L), List.of(4L, 5L, 6L), 1, 2),
                paused(1, MemoryKind.DRAM, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0),
                new CacheEntryGrowth(List.of(1L, 2L), List.of(1L, 1L), 0));

        assertThat(Sides.ofGrowth(grown)).isEqualTo(new Sides("""
                        device 0 DRAM: at most 0 B more at each repetition
                        device 3 L1: at most 2 B more at each repetition
                        device 1 DRAM: at most 0 B more at each repetition
                        program caches: at most 0 programs more at each repetition""", """
                        device 0 DRAM: 36 KiB more at each repetition
                        device 3 L1: at least 5 B more at each repetition
                        device 1 DRAM: 1 KiB more in 10 of 11 repetitions
                        program caches: 1 program more at each repetition"""));
    }

    @Test
    void beside_each_other_stand_what_may_be_left_and_what_was_left() {
        LeakReport report = Reports.of("T.t()")
                .finding(0, MemoryKind.DRAM, 0, 8, 8, 4)
                .finding(1, MemoryKind.DRAM, 0, 4, 4, 4)
                .left(1, MemoryKind.L1, KIB)
                .report();

        assertThat(Sides.ofLeak(report))
                .isEqualTo(new Sides("device 0 DRAM: 4 B\ndevice 1 L1: 0 B", "device 0 DRAM: 8 B\ndevice 1 L1: 1 KiB"));
    }
}
