package io.github.ttmemorycheck.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OtherMemoryTests {

    private static final String DOES_NOT_COUNT =
            " more than before; it is not of this test run, and that does not count";

    private static ProcessUse use(int processId, long dram) {
        return new ProcessUse(
                processId,
                "train.py",
                MemoryTotals.builder().add(0, MemoryKind.DRAM, dram).build());
    }

    @Test
    void the_largest_is_named_first_and_who_holds_no_more_is_not_named() {
        assertThat(OtherMemory.notes(List.of(use(7, 8), use(3, 0), use(9, 1024), use(5, 8))))
                .containsExactly(
                        "pid 9 train.py holds 1 KiB of DRAM on device 0" + DOES_NOT_COUNT,
                        "pid 5 train.py holds 8 B of DRAM on device 0" + DOES_NOT_COUNT,
                        "pid 7 train.py holds 8 B of DRAM on device 0" + DOES_NOT_COUNT);
        assertThat(OtherMemory.notes(List.of())).isEmpty();
    }

    @Test
    void beyond_five_they_are_counted() {
        List<ProcessUse> seven = IntStream.rangeClosed(1, 7)
                .mapToObj(number -> use(number, number))
                .toList();

        assertThat(OtherMemory.notes(seven))
                .hasSize(6)
                .startsWith("pid 7 train.py holds 7 B of DRAM on device 0" + DOES_NOT_COUNT)
                .endsWith("2 more processes that are not of this test run hold more than before");
        assertThat(OtherMemory.notes(seven.subList(0, 5)))
                .hasSize(5)
                .endsWith("pid 1 train.py holds 1 B of DRAM on device 0" + DOES_NOT_COUNT);
    }
}
