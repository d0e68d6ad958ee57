package io.github.ttmemorycheck.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessUseTests {

    private static MemoryTotals totals(long dram, long l1) {
        return MemoryTotals.builder()
                .add(0, MemoryKind.DRAM, dram)
                .add(0, MemoryKind.L1, l1)
                .build();
    }

    private static MemorySnapshot snapshot(ProcessUse... processes) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        for (ProcessUse process : processes) {
            totals.addAll(process.held());
        }
        return new MemorySnapshot(totals.build(), false, List.of(), Map.of(), List.of(processes));
    }

    @Test
    void a_figure_that_fell_does_not_make_up_for_one_that_rose() {
        ProcessUse rise = new ProcessUse(1, "x", totals(10, 5)).risenSince(totals(4, 9));
        assertThat(rise.held())
                .isEqualTo(MemoryTotals.builder().add(0, MemoryKind.DRAM, 6).build());
    }

    @Test
    void snapshots_compare_process_by_process() {
        MemorySnapshot before = snapshot(new ProcessUse(1, "x", totals(100, 0)), new ProcessUse(2, "y", totals(1, 1)));
        MemorySnapshot after = snapshot(
                new ProcessUse(1, "x", totals(99, 0)),
                new ProcessUse(2, "y", totals(31, 1)),
                new ProcessUse(3, "z", totals(5, 0)));
        SnapshotDiff diff = after.since(before);
        assertThat(diff.left(0, MemoryKind.DRAM)).isEqualTo(35);
        assertThat(diff.left(0, MemoryKind.L1)).isZero();
        assertThat(diff.processes()).extracting(ProcessUse::processId).containsExactly(2, 3);
    }

    @Test
    void the_number_of_another_process_counts_from_zero() {
        MemorySnapshot before = snapshot(new ProcessUse(1, "x", totals(100, 0)));
        MemorySnapshot after = snapshot(new ProcessUse(1, "other", totals(100, 0)));
        assertThat(after.since(before).left(0, MemoryKind.DRAM)).isEqualTo(100);
    }

    @Test
    void without_figures_per_process_the_totals_are_compared() {
        SnapshotDiff diff = new SnapshotDiff(
                totals(4, 9), totals(10, 5), false, List.of(), List.of(), List.of(), Map.of(), List.of());
        assertThat(diff.leftTotals()).isEqualTo(totals(6, 0));
        assertThat(diff.releasedTotals()).isEqualTo(totals(0, 4));
    }
}
