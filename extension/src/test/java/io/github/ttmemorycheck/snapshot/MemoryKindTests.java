package io.github.ttmemorycheck.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryKindTests {

    @ParameterizedTest
    @CsvSource({
        "l1Small, L1_SMALL",
        "L1_SMALL, L1_SMALL",
        "l1-small, L1_SMALL",
        "DRAM, DRAM",
        "circularBuffers, CIRCULAR_BUFFER",
        "CIRCULAR_BUFFER, CIRCULAR_BUFFER"
    })
    void a_kind_has_two_names_in_any_spelling(String name, MemoryKind kind) {
        assertThat(MemoryKind.byName(name)).contains(kind);
        assertThat(MemoryKind.byName(kind.attribute())).contains(kind);
    }

    @Test
    void no_other_name_is_a_kind() {
        assertThat(MemoryKind.byName("nvram")).isEmpty();
        assertThat(MemoryKind.byName("")).isEmpty();
    }

    @Test
    void pools_are_in_the_order_of_their_devices_and_then_of_their_kinds() {
        MemoryPool first = new MemoryPool(-1, MemoryKind.KERNEL);
        MemoryPool second = new MemoryPool(2, MemoryKind.DRAM);
        MemoryPool third = new MemoryPool(2, MemoryKind.L1);
        MemoryPool fourth = new MemoryPool(10, MemoryKind.DRAM);

        assertThat(new TreeSet<>(List.of(third, fourth, first, second))).containsExactly(first, second, third, fourth);
    }
}
