package io.github.ttmemorycheck.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceRowTests {

    private static final MemoryPool L1_OF_3 = new MemoryPool(3, MemoryKind.L1);

    @Test
    void devices_with_the_same_figures_are_one_row_in_the_order_of_the_first() {
        List<MemoryPool> pools = List.of(
                L1_OF_3,
                new MemoryPool(2, MemoryKind.DRAM),
                new MemoryPool(1, MemoryKind.L1),
                new MemoryPool(3, MemoryKind.DRAM));

        List<DeviceRow<MemoryPool>> rows = DeviceRow.fold(pools, MemoryPool::device, MemoryPool::kind);

        assertThat(rows)
                .extracting(
                        DeviceRow::devices,
                        row -> row.first().kind(),
                        row -> row.items().size())
                .containsExactly(tuple(Set.of(1, 3), MemoryKind.L1, 2), tuple(Set.of(2, 3), MemoryKind.DRAM, 2));
        assertThat(rows.get(0).first()).isEqualTo(L1_OF_3);
    }

    @Test
    void nothing_folds_to_no_rows() {
        assertThat(DeviceRow.fold(List.<MemoryPool>of(), MemoryPool::device, MemoryPool::kind))
                .isEmpty();
    }
}
