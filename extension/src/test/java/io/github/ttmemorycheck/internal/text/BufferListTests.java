package io.github.ttmemorycheck.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BufferListTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7          | #7",
                "7 8        | #7-8",
                "7 8 9 10   | #7-10",
                "1 5        | #1, #5",
                "1 2 5 6    | #1-2, #5-6",
                "1 3 5      | #1, ..., #5",
                "1 3 5 6 7  | #1, ..., #5-7"
            })
    void buffers_in_one_line_are_a_range_only_where_no_other_lies_between(String orders, String text) {
        List<DeviceBuffer> buffers = new ArrayList<>();
        for (String order : orders.strip().split(" ", -1)) {
            buffers.add(new DeviceBuffer(
                    buffers.size(), MemoryKind.DRAM, 0x1000, 4096, 1, 1, 4711, Long.parseLong(order), 0));
        }
        BufferList list = new BufferList(
                buffers, new ProcessNames(Map.of(), 4711), Optional.of(new BufferList.Since("the test", 0)));

        assertThat(list.lines("", "", List.of()).get(1)).endsWith("  " + text);
    }

    @Test
    void buffers_that_only_devices_told_are_numbered_apart() {
        assertThat(BufferNumber.text(BufferNumber.OF_DEVICES, BufferNumber.OF_DEVICES + 2))
                .isEqualTo("#d0-2");
        assertThat(BufferNumber.text(BufferNumber.OF_DEVICES - 1, BufferNumber.OF_DEVICES - 1))
                .isEqualTo("#4503599627370495");
    }

    @Test
    void the_owner_stands_in_the_heading_where_all_of_its_command_has_room() {
        String heading = "  2 buffers, 8 KiB, oldest first";
        String command = "x".repeat(100 - heading.length() - ", all of pid 7 ".length());

        assertThat(headingOf(command, "")).containsExactly(heading + ", all of pid 7 " + command);
        assertThat(headingOf(command + "x", "")).containsExactly(heading, "    all of pid 7 " + command + "x");
        String shorter = command.substring("  right".length());
        assertThat(headingOf(shorter, "right")).containsExactly(heading + ", all of pid 7 " + shorter + "  right");
        assertThat(headingOf(shorter + "x", "right"))
                .containsExactly(
                        heading + " ".repeat(100 - heading.length() - "right".length()) + "right",
                        "    all of pid 7 " + shorter + "x");
    }

    private static List<String> headingOf(String command, String right) {
        List<DeviceBuffer> buffers = List.of(buffer(0, 4096, 1, 1, 7, 1), buffer(0, 4096, 1, 1, 7, 2));
        List<String> lines = new BufferList(buffers, new ProcessNames(Map.of(7, command), 1), Optional.empty())
                .lines("", right, List.of());
        return lines.subList(0, lines.size() - 1);
    }

    private static DeviceBuffer buffer(
            int device, long size, long references, long allocations, int processId, long order) {
        return new DeviceBuffer(
                device, MemoryKind.DRAM, 0x1000, size, references, allocations, processId, order, 2_000_000 * order);
    }

    private static List<String> lines(BufferList.Since since, DeviceBuffer... buffers) {
        return new BufferList(List.of(buffers), new ProcessNames(Map.of(7, "train.py"), 1), Optional.of(since))
                .lines("", "", List.of("a remark"));
    }

    @Test
    void a_line_says_where_how_large_when_and_how_often() {
        assertThat(lines(
                        new BufferList.Since("it", 4_000_000),
                        buffer(0, 8205L << 10, 1, 1, 7, 3),
                        buffer(1, 8204L << 10, 2, 5, 7, 4),
                        buffer(2, 12, 1, 1, 7, 1),
                        buffer(3, 12, 2, 2, 7, 2)))
                .containsExactly(
                        "  4 buffers, 16.02 MiB, oldest first, all of pid 7 train.py",
                        "    device 0  DRAM  0x00001000  8205 KiB     2 ms into it  #3",
                        "    device 1  DRAM  0x00001000  8204 KiB     4 ms into it  #4"
                                + "  ref_count 2 (allocated 5, freed 3)",
                        "    device 2  DRAM  0x00001000      12 B        before it  #1",
                        "    device 3  DRAM  0x00001000      12 B  <0.1 ms into it  #2"
                                + "  ref_count 2 (allocated 2, freed 0)",
                        "    a remark");
    }

    @Test
    void what_is_too_wide_says_less_of_the_time_then_of_the_references_and_then_no_time() {
        String row = "    device 0  DRAM  0x00001000  8.01 MiB";

        assertThat(firstLine("other", 57))
                .isEqualTo(row + "  2 ms into other  #2  ref_count 12 (allocated 57, freed 45)")
                .hasSize(100);
        assertThat(firstLine("others", 57)).isEqualTo(row + "  at 2 ms  #2  ref_count 12 (allocated 57, freed 45)");
        assertThat(firstLine("other", 100_012))
                .isEqualTo(row + "  at 2 ms  #2  ref_count 12 (allocated 100012, freed 100000)");
        assertThat(firstLine("other", 1_000_012)).isEqualTo(row + "  at 2 ms  #2  ref_count 12 (+1000012 -1000000)");
        assertThat(firstLine("other", 10_000_000_000_012L))
                .isEqualTo(row + "  #2  ref_count 12 (+10000000000012 -10000000000000)");
        assertThat(firstLine("other", Long.MAX_VALUE))
                .isEqualTo(row + "  #2  ref_count 12 (+9223372036854775807 -9223372036854775795)");
    }

    private static String firstLine(String subject, long allocations) {
        return lines(new BufferList.Since(subject, 2_000_000), buffer(0, 8205L << 10, 12, allocations, 7, 2))
                .get(1);
    }

    @Test
    void five_commands_are_all_there_is_room_for() {
        DeviceBuffer[] buffers = IntStream.rangeClosed(1, 5)
                .mapToObj(number -> buffer(number, 1, 1, 1, number, number))
                .toArray(DeviceBuffer[]::new);
        Map<Integer, String> commands = Map.of(1, "a", 2, "b", 3, "c", 4, "d", 5, "e");

        assertThat(new BufferList(List.of(buffers), new ProcessNames(commands, 99), Optional.empty())
                        .lines("", "", List.of()))
                .endsWith("    pid 4 d", "    pid 5 e");
    }

    @Test
    void a_command_too_long_for_its_line_is_cut_to_it() {
        List<DeviceBuffer> buffers = List.of(buffer(1, 1, 1, 1, 1, 1), buffer(2, 1, 1, 1, 2, 2));
        Map<Integer, String> commands = Map.of(1, "x".repeat(300));

        assertThat(new BufferList(buffers, new ProcessNames(commands, 99), Optional.empty()).lines("", "", List.of()))
                .filteredOn(line -> line.startsWith("    pid 1 xxx"))
                .singleElement()
                .asString()
                .hasSize(Wrapping.COLUMNS);
    }

    @Test
    void the_owners_of_several_processes_are_in_the_lines_and_their_commands_below() {
        DeviceBuffer[] buffers = IntStream.rangeClosed(1, 14)
                .mapToObj(number -> buffer(number, 1L << number, 1, 1, 100 + number, number))
                .toArray(DeviceBuffer[]::new);
        Map<Integer, String> commands = IntStream.rangeClosed(102, 114)
                .boxed()
                .collect(Collectors.toMap(number -> number, number -> "x".repeat(85) + number));

        List<String> lines = new BufferList(List.of(buffers), new ProcessNames(commands, 1), Optional.empty())
                .lines(" freed", "", List.of("a remark"));

        assertThat(lines.get(0)).isEqualTo("  14 buffers freed, 32.00 KiB, oldest first");
        assertThat(lines.get(1)).isEqualTo("    device 1   DRAM  0x00001000    2 B  pid 101");
        assertThat(lines.subList(13, lines.size()))
                .containsExactly(
                        "    ... and 2 more, 24 KiB",
                        "    a remark",
                        "    pid 102 " + "x".repeat(85) + "102",
                        "    pid 103 " + "x".repeat(85) + "103",
                        "    pid 104 " + "x".repeat(85) + "104",
                        "    pid 105 " + "x".repeat(85) + "105",
                        "    pid 106 " + "x".repeat(85) + "106",
                        "    ... and 6 more processes");
    }
}
