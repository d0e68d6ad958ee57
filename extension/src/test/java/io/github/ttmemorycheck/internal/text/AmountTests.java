package io.github.ttmemorycheck.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AmountTests {

    private static final List<Integer> EIGHT = IntStream.range(0, 8).boxed().toList();

    private static String dram(long first, long others, int... devices) {
        MemoryTotals.Builder totals = MemoryTotals.builder().add(devices[0], MemoryKind.DRAM, first);
        for (int i = 1; i < devices.length; i++) {
            totals.add(devices[i], MemoryKind.DRAM, others);
        }
        return String.join("; ", Amount.texts(totals.build(), EIGHT));
    }

    @Test
    void each_kind_that_is_held_is_an_amount() {
        MemoryTotals totals = MemoryTotals.builder()
                .add(0, MemoryKind.KERNEL, 1)
                .add(3, MemoryKind.DRAM, 4096)
                .add(5, MemoryKind.L1, 0)
                .build();

        assertThat(Amount.texts(totals, EIGHT))
                .containsExactly("4 KiB of DRAM on device 3", "1 B of kernels on device 0");
        assertThat(Amount.texts(MemoryTotals.NONE, EIGHT)).isEmpty();
    }

    @Test
    void of_alike_devices_each_is_said_and_of_others_the_sum() {
        assertThat(dram(1024, 1024, 1, 2, 3)).isEqualTo("1 KiB of DRAM on each of devices 1-3");
        assertThat(dram(1024, 2048, 1, 2, 3)).isEqualTo("5 KiB of DRAM across devices 1-3");
        assertThat(dram(1024, 1024, 0, 1, 2, 3, 4, 5, 6, 7)).isEqualTo("1 KiB of DRAM on each of 8 devices");
        assertThat(dram(1024, 2048, 0, 1, 2, 3, 4, 5, 6, 7)).isEqualTo("15 KiB of DRAM across 8 devices");
    }

    @Test
    void long_lists_of_devices_are_counted() {
        assertThat(dram(1, 1, 0, 2, 40, 60)).isEqualTo("1 B of DRAM on each of devices 0, 2, 40, 60");
        assertThat(dram(1, 1, 0, 20, 40, 60)).isEqualTo("1 B of DRAM on each of 4 devices");
    }

    @Test
    void all_kinds_can_be_named_in_a_sentence() {
        assertThat(List.of(MemoryKind.values()))
                .extracting(Wording::kind)
                .containsExactly(
                        "DRAM", "L1", "system memory", "L1_SMALL", "trace memory", "circular buffers", "kernels");
    }

    @Test
    void one_device_of_one_is_named() {
        MemoryTotals totals = MemoryTotals.builder().add(0, MemoryKind.L1, 36).build();

        assertThat(Amount.of(totals).get(0).text(Set.of(0))).isEqualTo("36 B of L1 on device 0");
        assertThat(Amount.of(totals).get(0).total()).isEqualTo(36);
    }
}
