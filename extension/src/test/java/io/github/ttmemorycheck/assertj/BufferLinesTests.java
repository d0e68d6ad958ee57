package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Snapshots.NOTHING;
import static io.github.ttmemorycheck.assertj.Snapshots.buffer;
import static io.github.ttmemorycheck.assertj.Snapshots.holding;
import static io.github.ttmemorycheck.assertj.Snapshots.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BufferLinesTests {

    private static String list(MemorySnapshot snapshot) {
        return BufferLines.of(Memory.allocatedIn(snapshot));
    }

    private static DeviceBuffer[] buffers(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(order -> buffer(order, 0, MemoryKind.DRAM, 1))
                .toArray(DeviceBuffer[]::new);
    }

    @Test
    void there_is_no_list_of_nothing() {
        assertThat(list(NOTHING)).isEmpty();
    }

    @Test
    void ten_buffers_are_listed() {
        assertThat(list(holding(buffers(10))).lines())
                .hasSize(1 + 1 + 10)
                .last()
                .asString()
                .startsWith("    device 0  DRAM  0x0000a000");
    }

    @Test
    void of_more_buffers_the_first_ten_are_listed_and_the_rest_counted() {
        assertThat(list(holding(buffers(22))).lines().skip(1))
                .hasSize(1 + 10 + 1)
                .startsWith("  22 buffers allocated, 22 B, oldest first")
                .endsWith("    ... and 12 more");
    }

    @Test
    void addresses_sizes_and_program_numbers_are_unsigned_and_aligned() {
        DeviceBuffer far = new DeviceBuffer(12, MemoryKind.L1_SMALL, -1, -1, 2, 3, 7, 1, 0);
        DeviceBuffer program = new DeviceBuffer(3, MemoryKind.KERNEL, -2, 12, 1, 1, 8, 2, 0);
        MemorySnapshot snapshot =
                new MemorySnapshot(holding(far, program).totals(), true, List.of(program, far), Map.of());

        assertThat(list(snapshot)).isEqualTo("\n" + message("""
                  2 buffers allocated, 8388608.00 TiB (9223372036854775807B), oldest first
                    device 12  L1_SMALL  0xffffffffffffffff            18446744073709551615 B  ref_count 2  pid 7
                    device 3   KERNEL    program 18446744073709551614                    12 B  ref_count 1  pid 8
                """));
    }

    @Test
    void a_command_is_no_format_string() {
        assertThat(list(holding("run %s %d %n 100% ${HOME}", buffers(1))))
                .endsWith("pid 4711 run %s %d %n 100% ${HOME}");
    }

    @Test
    void a_line_break_in_a_command_breaks_no_line() {
        assertThat(list(holding("a\nb\r\tc\u001b[31m", buffers(1))).lines())
                .hasSize(3)
                .last()
                .asString()
                .endsWith("pid 4711 a b  c [31m");
    }

    @Test
    void a_long_command_is_cut_at_the_width_of_a_terminal() {
        assertThat(list(holding("x".repeat(200), buffers(1))).lines().skip(2))
                .singleElement()
                .asString()
                .hasSize(100)
                .endsWith("xxx...");
    }
}
