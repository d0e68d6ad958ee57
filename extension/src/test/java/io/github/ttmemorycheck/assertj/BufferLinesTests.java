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
        return Figures.buffers(Memory.allocatedIn(snapshot));
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
    void twelve_lines_are_listed() {
        assertThat(list(holding(buffers(12))).lines())
                .hasSize(1 + 1 + 12)
                .last()
                .asString()
                .startsWith("    device 0  DRAM  0x0000c000");
    }

    @Test
    void of_more_buffers_the_first_twelve_are_listed_and_the_rest_counted() {
        assertThat(list(holding(buffers(24))).lines().skip(1))
                .hasSize(1 + 12 + 1)
                .startsWith("  24 buffers allocated, 24 B, oldest first, all of pid 4711 python3 worker.py")
                .endsWith("    ... and 12 more, 12 B");
    }

    @Test
    void addresses_sizes_and_program_numbers_are_unsigned_and_aligned() {
        DeviceBuffer far = new DeviceBuffer(12, MemoryKind.L1_SMALL, -1, -1, 2, 3, 7, 1, 0);
        DeviceBuffer program = new DeviceBuffer(3, MemoryKind.KERNEL, -2, 12, 1, 1, 8, 2, 0);
        MemorySnapshot snapshot =
                new MemorySnapshot(holding(far, program).totals(), true, List.of(program, far), Map.of(), List.of());

        assertThat(list(snapshot)).isEqualTo("\n" + message("""
                  2 buffers allocated, 8.00 EiB, oldest first
                    device 12  L1_SMALL            0xffffffffffffffff  8+ EiB  pid 7  ref_count 2 (+3 -1)
                    device 3   KERNEL    program 18446744073709551614    12 B  pid 8
                """));
    }

    @Test
    void our_own_process_is_named_as_such() {
        int own = Math.toIntExact(ProcessHandle.current().pid());
        DeviceBuffer ours = new DeviceBuffer(0, MemoryKind.DRAM, 0x1000, 1, 1, 1, own, 1, 0);
        MemorySnapshot snapshot = new MemorySnapshot(
                holding(ours).totals(), true, List.of(ours), Map.of(own, "/usr/bin/java -cp very:long"), List.of());

        assertThat(list(snapshot)).startsWith("\n  1 buffer allocated, 1 B, of pid " + own + " (this JVM)\n");
    }

    @Test
    void a_command_is_no_format_string() {
        assertThat(list(holding("run %s %d %n 100% ${HOME}", buffers(1))))
                .contains("of pid 4711 run %s %d %n 100% ${HOME}\n");
    }

    @Test
    void a_line_break_in_a_command_breaks_no_line() {
        assertThat(list(holding("a\nb\r\tc\u001b[31m", buffers(1))).lines())
                .hasSize(3)
                .contains("  1 buffer allocated, 1 B, of pid 4711 a\\nb\\r\\tc\\u001b[31m");
    }

    @Test
    void a_long_command_has_a_line_of_its_own_and_is_cut_at_the_width_of_a_terminal() {
        assertThat(list(holding("x".repeat(200), buffers(1))).lines().skip(2).limit(1))
                .singleElement()
                .asString()
                .hasSize(100)
                .contains("xxx...xxx");
    }
}
