package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Snapshots.KIB;
import static io.github.ttmemorycheck.assertj.Snapshots.buffer;
import static io.github.ttmemorycheck.assertj.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTests {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1, 1 B",
        "1023, 1023 B",
        "36864, 36 KiB",
        "36865, 36.00 KiB (36865B)",
        "8401920, 8.01 MiB (8205KiB)",
        "9223372036854775807, 8.00 EiB (9223372036854775807B)"
    })
    void an_amount_can_be_told_from_every_other(long bytes, String text) {
        assertThat(Figures.amount(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | no device",
                "3 | device 3",
                "3 4 | devices 3-4",
                "0 1 2 | devices 0-2",
                "7 6 5 4 2 1 0 | devices 0-2, 4-7",
                "-1 2147483647 | devices -1, 2147483647"
            })
    void device_numbers_are_folded_to_ranges(String numbers, String text) {
        List<Integer> devices = Arrays.stream(numbers.split(" "))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .toList();

        assertThat(Figures.devices(new TreeSet<>(devices))).isEqualTo(text);
    }

    private static final DeviceBuffer[] BUFFERS = {
        buffer(1, 0, MemoryKind.DRAM, 36 * KIB),
        buffer(2, 1, MemoryKind.DRAM, 36 * KIB),
        buffer(3, 1, MemoryKind.L1, 12 * KIB),
        buffer(4, 1, MemoryKind.TRACE, 4 * KIB),
        buffer(5, 2, MemoryKind.TRACE, 3 * KIB),
        buffer(6, 3, MemoryKind.KERNEL, 2 * KIB)
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 36 KiB of DRAM on device 0",
                "2 | 36 KiB of DRAM on each of devices 0-1",
                "3 | 36 KiB of DRAM on each of devices 0-1 and 12 KiB of L1 on device 1",
                "4 | 36 KiB of DRAM on each of devices 0-1, 12 KiB of L1 on device 1 and 4 KiB of TRACE on device 1",
                "5 | 36 KiB of DRAM on each of devices 0-1, 12 KiB of L1 on device 1, 4 KiB of TRACE on device 1, ... and 1 more figure",
                "6 | 36 KiB of DRAM on each of devices 0-1, 12 KiB of L1 on device 1, 4 KiB of TRACE on device 1, ... and 2 more figures"
            })
    void a_sentence_holds_three_figures_and_counts_the_rest(int count, String text) {
        Memory memory = Memory.allocatedIn(holding(Arrays.copyOf(BUFFERS, count)));

        assertThat(Figures.sentence(memory)).isEqualTo(text);
    }
}
