package io.github.ttmemorycheck.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
}
