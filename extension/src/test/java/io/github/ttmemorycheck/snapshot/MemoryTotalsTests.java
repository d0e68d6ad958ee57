package io.github.ttmemorycheck.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryTotalsTests {

    @Test
    void what_was_built_stays_as_it_is_when_the_builder_goes_on() {
        MemoryTotals.Builder builder = MemoryTotals.builder().add(0, MemoryKind.DRAM, 1);
        MemoryTotals first = builder.build();
        MemoryTotals again = builder.build();
        MemoryTotals second = builder.add(0, MemoryKind.DRAM, 2).build();
        MemoryTotals third = builder.add(1, MemoryKind.L1, 4).build();
        MemoryTotals fourth = builder.addAll(third).build();

        assertThat(first).isEqualTo(again).hasToString("MemoryTotals[device 0: DRAM 1 B; ]");
        assertThat(second).hasToString("MemoryTotals[device 0: DRAM 3 B; ]");
        assertThat(third).hasToString("MemoryTotals[device 0: DRAM 3 B; device 1: L1 4 B; ]");
        assertThat(fourth).hasToString("MemoryTotals[device 0: DRAM 6 B; device 1: L1 8 B; ]");
    }

    @Test
    void figures_of_devices_in_turn_are_added_to_their_own() {
        MemoryTotals.Builder builder = MemoryTotals.builder();
        for (int turn = 0; turn < 3; turn++) {
            builder.add(0, MemoryKind.DRAM, 1).add(1, MemoryKind.DRAM, 10).add(1, MemoryKind.TRACE, 100);
        }
        assertThat(builder.build()).hasToString("MemoryTotals[device 0: DRAM 3 B; device 1: DRAM 30 B TRACE 300 B; ]");
    }

    @Test
    void a_sum_beyond_what_a_number_holds_stays_at_the_most() {
        MemoryTotals totals = MemoryTotals.builder()
                .add(0, MemoryKind.L1, -1)
                .add(0, MemoryKind.L1, 1)
                .build();
        assertThat(totals.of(0, MemoryKind.L1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void every_kind_of_a_known_device_is_a_pool() {
        MemoryTotals totals = MemoryTotals.builder()
                .add(new MemoryPool(3, MemoryKind.L1), 5)
                .add(new DeviceBuffer(3, MemoryKind.L1, 0x1000, 7, 1, 1, 4711, 1, 0))
                .add(0, MemoryKind.DRAM, 0)
                .build();

        assertThat(totals.pools())
                .hasSize(2 * MemoryKind.values().length)
                .isSorted()
                .startsWith(new MemoryPool(0, MemoryKind.DRAM))
                .endsWith(new MemoryPool(3, MemoryKind.KERNEL));
        assertThat(totals.of(new MemoryPool(3, MemoryKind.L1))).isEqualTo(12);
        assertThat(totals.of(new MemoryPool(7, MemoryKind.L1))).isZero();
    }

    @Test
    void sums_are_over_devices_and_kinds() {
        MemoryTotals totals = MemoryTotals.builder()
                .add(0, MemoryKind.DRAM, 1)
                .add(1, MemoryKind.DRAM, 20)
                .add(1, MemoryKind.L1, 300)
                .build();

        assertThat(totals.of(MemoryKind.DRAM)).isEqualTo(21);
        assertThat(totals.sum()).isEqualTo(321);
    }

    @Test
    void a_device_on_which_nothing_rose_is_not_among_what_rose() {
        MemoryTotals.Builder builder =
                MemoryTotals.builder().add(0, MemoryKind.DRAM, 1).add(1, MemoryKind.L1, 4);
        MemoryTotals before = builder.build();
        MemoryTotals risen = builder.add(1, MemoryKind.L1, 3).build().risenSince(before);

        assertThat(risen)
                .isEqualTo(MemoryTotals.builder().add(1, MemoryKind.L1, 3).build());
    }

    @Test
    void of_each_figure_no_more_is_taken_than_it_holds() {
        MemoryTotals totals = MemoryTotals.builder()
                .add(0, MemoryKind.DRAM, 10)
                .add(1, MemoryKind.L1, 4)
                .build();
        MemoryTotals taken = MemoryTotals.builder()
                .add(0, MemoryKind.DRAM, 3)
                .add(1, MemoryKind.L1, 5)
                .build();

        assertThat(totals.less(taken))
                .isEqualTo(MemoryTotals.builder()
                        .add(0, MemoryKind.DRAM, 7)
                        .add(1, MemoryKind.L1, 0)
                        .build());
        assertThat(totals.less(MemoryTotals.NONE)).isSameAs(totals);
    }

    @Test
    void totals_of_other_figures_or_devices_are_others() {
        MemoryTotals totals = MemoryTotals.builder().add(0, MemoryKind.DRAM, 1).build();

        assertThat(totals)
                .isEqualTo(MemoryTotals.builder().add(0, MemoryKind.DRAM, 1).build())
                .hasSameHashCodeAs(
                        MemoryTotals.builder().add(0, MemoryKind.DRAM, 1).build())
                .isNotEqualTo(MemoryTotals.builder().add(0, MemoryKind.DRAM, 2).build())
                .isNotEqualTo(MemoryTotals.builder().add(1, MemoryKind.DRAM, 1).build())
                .isNotEqualTo(MemoryTotals.NONE)
                .doesNotHaveSameHashCodeAs(
                        MemoryTotals.builder().add(1, MemoryKind.DRAM, 1).build())
                .doesNotHaveSameHashCodeAs(
                        MemoryTotals.builder().add(0, MemoryKind.L1, 1).build());
    }
}
