package io.github.ttmemorycheck.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a diff says of buffers, and of what is known in totals alone beside them. */
class SnapshotDiffTests {

    private static final MemoryPool DRAM_0 = new MemoryPool(0, MemoryKind.DRAM);
    private static final MemoryPool TRACE_0 = new MemoryPool(0, MemoryKind.TRACE);

    private static DeviceBuffer buffer(MemoryPool pool, long size, long order) {
        return new DeviceBuffer(pool.device(), pool.kind(), 0x1000 * order, size, 1, 1, 4711, order, 0);
    }

    private static MemoryTotals totals(long dram, long trace) {
        return MemoryTotals.builder().add(DRAM_0, dram).add(TRACE_0, trace).build();
    }

    private static SnapshotDiff of(List<DeviceBuffer> left, List<DeviceBuffer> released) {
        return new SnapshotDiff(totals(100, 9), totals(40, 4), true, left, released, List.of(), Map.of(), List.of());
    }

    @Test
    void of_two_snapshots_the_buffers_of_one_alone_are_left_or_released() {
        MemorySnapshot before = new MemorySnapshot(
                totals(30, 0), true, List.of(buffer(DRAM_0, 10, 1), buffer(DRAM_0, 20, 2)), Map.of(), List.of());
        MemorySnapshot after = new MemorySnapshot(
                totals(25, 0), true, List.of(buffer(DRAM_0, 20, 2), buffer(DRAM_0, 5, 3)), Map.of(7, "x"), List.of());

        SnapshotDiff diff = after.since(before);

        assertThat(diff)
                .isEqualTo(new SnapshotDiff(
                        totals(30, 0),
                        totals(25, 0),
                        true,
                        List.of(buffer(DRAM_0, 5, 3)),
                        List.of(buffer(DRAM_0, 10, 1)),
                        List.of(),
                        Map.of(7, "x"),
                        List.of()));
        assertThat(diff.leftTotals()).isEqualTo(totals(5, 0));
        assertThat(diff.releasedTotals()).isEqualTo(totals(10, 0));
        assertThat(diff.leftInTotals(DRAM_0)).isZero();
    }

    @Test
    void buffers_are_compared_only_where_both_snapshots_know_them() {
        MemorySnapshot known =
                new MemorySnapshot(totals(10, 0), true, List.of(buffer(DRAM_0, 10, 1)), Map.of(), List.of());
        MemorySnapshot unknown = new MemorySnapshot(totals(12, 0), false, List.of(), Map.of(), List.of());

        assertThat(unknown.since(known).released()).isEmpty();
        assertThat(unknown.since(known).buffersKnown()).isFalse();
        assertThat(known.since(unknown).left()).isEmpty();
        assertThat(known.since(unknown).buffersKnown()).isFalse();
        assertThat(known.allocated(MemoryKind.DRAM)).isEqualTo(10);
        assertThat(known.allocated(0, MemoryKind.DRAM)).isEqualTo(10);
    }

    @Test
    void what_is_known_in_totals_alone_is_added_to_the_buffers_and_counted_by_what_fell() {
        SnapshotDiff diff = of(List.of(buffer(DRAM_0, 8, 3)), List.of(buffer(DRAM_0, 70, 1), buffer(TRACE_0, 2, 2)))
                .withLeft(totals(41, 4), List.of(buffer(DRAM_0, 7, 3)), Map.of(TRACE_0, 3L));

        assertThat(diff.leftTotals()).isEqualTo(totals(7, 3));
        assertThat(diff.left(0, MemoryKind.TRACE)).isEqualTo(3);
        assertThat(diff.leftInTotals(TRACE_0)).isEqualTo(3);
        assertThat(diff.leftInTotals(DRAM_0)).isZero();
        assertThat(diff.releasedTotals()).isEqualTo(totals(70, 5));
        assertThat(diff.after()).isEqualTo(totals(41, 4));
    }

    @Test
    void without_buffers_all_that_is_left_is_known_in_totals() {
        SnapshotDiff diff = new SnapshotDiff(
                totals(1, 0), totals(6, 0), false, List.of(), List.of(), List.of(), Map.of(), List.of());

        assertThat(diff.leftInTotals(DRAM_0)).isEqualTo(5);
        assertThat(diff.isClean()).isFalse();
        assertThat(diff.withLeft(totals(6, 0), List.of(), Map.of(DRAM_0, 2L)).leftTotals())
                .isEqualTo(totals(2, 0));
        assertThat(new SnapshotDiff(
                                totals(6, 0), totals(1, 0), false, List.of(), List.of(), List.of(), Map.of(), List.of())
                        .isClean())
                .isTrue();
    }

    @Test
    void a_buffer_of_no_bytes_is_left_too() {
        assertThat(of(List.of(), List.of()).isClean()).isTrue();
        assertThat(of(List.of(buffer(DRAM_0, 0, 1)), List.of()).isClean()).isFalse();
        assertThat(of(List.of(), List.of())
                        .withLeft(totals(0, 0), List.of(), Map.of(TRACE_0, 0L))
                        .isClean())
                .isTrue();
        assertThat(of(List.of(), List.of())
                        .withLeft(totals(0, 1), List.of(), Map.of(TRACE_0, 1L))
                        .isClean())
                .isFalse();
    }

    @Test
    void devices_of_either_moment_stay_known() {
        MemoryTotals one = MemoryTotals.builder().add(1, MemoryKind.DRAM, 0).build();
        MemoryTotals three = MemoryTotals.builder().add(3, MemoryKind.DRAM, 0).build();
        SnapshotDiff diff = new SnapshotDiff(one, three, true, List.of(), List.of(), List.of(), Map.of(), List.of());

        assertThat(diff.devices()).containsExactly(1, 3);
        assertThat(diff.leftTotals().devices()).containsExactly(1, 3);
        assertThat(diff.releasedTotals().devices()).containsExactly(1, 3);
    }
}
