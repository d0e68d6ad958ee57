package io.github.ttmemorycheck.internal.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTests {

    private static final Baseline TEN_OF_DRAM = allowing(Baseline.ALL_DEVICES, MemoryKind.DRAM, 10);

    @ParameterizedTest
    @CsvSource({"0, CLEAN", "1, WITHIN_BASELINE", "10, WITHIN_BASELINE", "11, LEAKED"})
    void what_is_left_is_held_against_what_is_allowed(long left, Verdict verdict) {
        List<Finding> findings =
                Judge.judge(totals(dram(0, 5), dram(0, 5 + left)), device -> true, TEN_OF_DRAM, MemoryTotals.NONE);

        assertThat(findings).containsExactly(new Finding(0, MemoryKind.DRAM, 5, 5 + left, left, 10, verdict));
    }

    @Test
    void a_device_without_memory_is_clean_and_says_so() {
        assertThat(Judge.judge(totals(dram(0, 0), dram(0, 0)), device -> true, Baseline.NONE, MemoryTotals.NONE))
                .containsExactly(new Finding(0, MemoryKind.DRAM, 0, 0, 0, 0, Verdict.CLEAN));
    }

    @Test
    void a_kind_that_is_only_allowed_or_only_held_is_listed_too() {
        MemoryTotals before = MemoryTotals.builder()
                .add(1, MemoryKind.L1, 4)
                .add(0, MemoryKind.L1, 4)
                .build();

        assertThat(Judge.judge(
                        totals(before, before), device -> true, allowing(1, MemoryKind.TRACE, 7), MemoryTotals.NONE))
                .extracting(Finding::device, Finding::kind)
                .containsExactly(
                        tuple(0, MemoryKind.DRAM),
                        tuple(0, MemoryKind.L1),
                        tuple(1, MemoryKind.DRAM),
                        tuple(1, MemoryKind.L1),
                        tuple(1, MemoryKind.TRACE));
    }

    @Test
    void devices_that_are_not_looked_at_have_no_findings() {
        SnapshotDiff diff = totals(
                MemoryTotals.NONE,
                MemoryTotals.builder()
                        .add(0, MemoryKind.DRAM, 1)
                        .add(1, MemoryKind.DRAM, 1)
                        .build());

        assertThat(Judge.judge(diff, device -> device == 1, Baseline.NONE, MemoryTotals.NONE))
                .extracting(Finding::device)
                .containsExactly(1);
    }

    @Test
    void a_leak_does_not_hide_behind_memory_freed_meanwhile() {
        SnapshotDiff diff = buffers(dram(0, 64), dram(0, 64), buffer(0, 64));

        assertThat(Judge.judge(diff, device -> true, Baseline.NONE, MemoryTotals.NONE))
                .containsExactly(new Finding(0, MemoryKind.DRAM, 64, 64, 64, 0, Verdict.LEAKED));
    }

    @Test
    void what_was_charged_elsewhere_is_subtracted_from_totals() {
        SnapshotDiff diff = totals(MemoryTotals.NONE, dram(0, 100));

        assertThat(Judge.judge(diff, device -> true, Baseline.NONE, dram(0, 60)))
                .containsExactly(new Finding(0, MemoryKind.DRAM, 0, 100, 40, 0, Verdict.LEAKED));
        assertThat(Judge.judge(diff, device -> true, Baseline.NONE, dram(0, 160)))
                .containsExactly(new Finding(0, MemoryKind.DRAM, 0, 100, 0, 0, Verdict.CLEAN));
    }

    @Test
    void what_was_charged_elsewhere_is_already_gone_from_buffers() {
        SnapshotDiff diff = buffers(MemoryTotals.NONE, dram(0, 100), buffer(0, 40));

        assertThat(Judge.judge(diff, device -> true, Baseline.NONE, dram(0, 60)))
                .containsExactly(new Finding(0, MemoryKind.DRAM, 0, 100, 40, 0, Verdict.LEAKED));
    }

    private static Baseline allowing(int device, MemoryKind kind, long bytes) {
        return new Baseline(List.of(new BaselineLevel(
                "configuration", BaselineScope.CONFIGURATION, List.of(new BaselineStatement(device, kind, bytes)))));
    }

    private static MemoryTotals dram(int device, long bytes) {
        return MemoryTotals.builder().add(device, MemoryKind.DRAM, bytes).build();
    }

    private static DeviceBuffer buffer(int device, long size) {
        return new DeviceBuffer(device, MemoryKind.DRAM, 0x1000, size, 1, 1, 4711, 9, 0);
    }

    private static SnapshotDiff totals(MemoryTotals before, MemoryTotals after) {
        return new SnapshotDiff(before, after, false, List.of(), List.of(), List.of(), Map.of(), List.of());
    }

    private static SnapshotDiff buffers(MemoryTotals before, MemoryTotals after, DeviceBuffer... left) {
        return new SnapshotDiff(before, after, true, List.of(left), List.of(), List.of(), Map.of(), List.of());
    }

    @Test
    void a_kind_is_listed_for_any_of_its_figures() {
        MemoryTotals held = MemoryTotals.builder().add(0, MemoryKind.L1, 4).build();
        MemoryTotals none = MemoryTotals.builder().add(0, MemoryKind.L1, 0).build();

        assertThat(Judge.judge(totals(held, none), device -> true, Baseline.NONE, MemoryTotals.NONE))
                .contains(new Finding(0, MemoryKind.L1, 4, 0, 0, 0, Verdict.CLEAN));
        assertThat(Judge.judge(totals(none, held), device -> true, Baseline.NONE, MemoryTotals.NONE))
                .contains(new Finding(0, MemoryKind.L1, 0, 4, 4, 0, Verdict.LEAKED));
    }
}
