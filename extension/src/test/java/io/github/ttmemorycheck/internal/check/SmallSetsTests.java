package io.github.ttmemorycheck.internal.check;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.diagnosis.Evidence;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SmallSetsTests {

    private final SmallSets sets = new SmallSets();

    private static SnapshotDiff left(DeviceBuffer... buffers) {
        MemoryTotals.Builder after = MemoryTotals.builder().add(0, DRAM, 0);
        Stream.of(buffers).forEach(buffer -> after.add(buffer.device(), buffer.kind(), buffer.size()));
        return new SnapshotDiff(
                MemoryTotals.NONE, after.build(), true, List.of(buffers), List.of(), List.of(), Map.of(), List.of());
    }

    private static SnapshotDiff totals(long bytes) {
        return new SnapshotDiff(
                MemoryTotals.NONE,
                MemoryTotals.builder().add(0, L1, bytes).build(),
                false,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of());
    }

    private static DeviceBuffer buffer(int device, long address, long size) {
        return new DeviceBuffer(device, L1, address, size, 1, 1, 4711, address, 0);
    }

    @Test
    void a_set_is_counted_per_device_after_each_test() {
        SnapshotDiff both = left(buffer(0, 0x10, 4), buffer(1, 0x10, 4));

        assertThat(sets.note(both, true)).isEmpty();
        assertThat(sets.note(both, true)).isEqualTo(Map.of(0, 1, 1, 1));
        assertThat(sets.note(left(buffer(0, 0x10, 4)), true)).isEqualTo(Map.of(0, 2));
        assertThat(sets.note(left(buffer(1, 0x10, 4)), true)).isEqualTo(Map.of(1, 2));
    }

    @Test
    void another_address_size_or_number_makes_another_set() {
        sets.note(left(buffer(0, 0x10, 4)), true);

        assertThat(sets.note(left(buffer(0, 0x20, 4)), true)).isEmpty();
        assertThat(sets.note(left(buffer(0, 0x10, 8)), true)).isEmpty();
        assertThat(sets.note(left(buffer(0, 0x10, 4), buffer(0, 0x20, 4)), true))
                .isEmpty();
    }

    @Test
    void a_class_asks_but_does_not_count() {
        sets.note(left(buffer(0, 0x10, 4)), true);

        assertThat(sets.note(left(buffer(0, 0x10, 4)), false)).isEqualTo(Map.of(0, 1));
        assertThat(sets.note(left(buffer(0, 0x10, 4)), false)).isEqualTo(Map.of(0, 1));
    }

    @Test
    void what_is_larger_than_circular_buffers_is_not_remembered() {
        sets.note(left(buffer(0, 0x10, Evidence.SMALL_L1 + 1)), true);
        sets.note(left(buffer(0, 0x20, Evidence.SMALL_L1)), true);

        assertThat(sets.note(left(buffer(0, 0x10, Evidence.SMALL_L1 + 1)), true))
                .isEmpty();
        assertThat(sets.note(left(buffer(0, 0x20, Evidence.SMALL_L1)), true)).isEqualTo(Map.of(0, 1));
    }

    @Test
    void where_only_totals_are_known_the_same_amount_is_the_same_set() {
        sets.note(totals(12), true);

        assertThat(sets.note(totals(12), true)).isEqualTo(Map.of(0, 1));
        assertThat(sets.note(totals(13), true)).isEmpty();
    }
}
