package io.github.ttmemorycheck.internal.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthTests {

    @ParameterizedTest(name = "deltas {0}, {1} warm-ups, tolerance {2}: grew = {3}")
    @CsvSource({
        "36 36 36,    0,  0, true",
        "36 36 36,    1,  0, true",
        "36 36 36,    2,  0, false",
        "36 0 0,      0,  0, false",
        "36 0 0,      1,  0, false",
        "36 36 0,     1,  0, false",
        "0 36 36,     1,  0, true",
        "36 36 -36,   0,  0, false",
        "-36 36 36,   1,  0, true",
        "36 36 36,    0, 36, false",
        "36 36 36,    0, 35, true",
        "99 36 40 36, 1, 35, true",
        "36,          0,  0, false",
        "36 36,       5,  0, false"
    })
    void it_grew_when_every_judged_delta_exceeds_the_tolerance(
            String deltas, int warmups, long tolerance, boolean grew) {
        List<Repetition> repetitions = new ArrayList<>();
        long held = 100;
        for (String delta : deltas.split(" ", -1)) {
            long before = held;
            held += Long.parseLong(delta);
            repetitions.add(new Repetition(dram(before), dram(held), 0, 0));
        }

        assertThat(new Growth(warmups, tolerance).judge(device -> true, repetitions))
                .hasSize(grew ? 1 : 0);
    }

    @Test
    void a_finding_holds_the_figures_after_each_repetition_and_all_deltas() {
        List<GrowthResult> grown = new Growth(1, 0).judge(device -> true, held(36, 72, 108, 150));

        assertThat(grown)
                .containsExactly(new GrowthFinding(
                        new MemoryPool(0, MemoryKind.DRAM),
                        List.of(36L, 72L, 108L, 150L),
                        List.of(36L, 36L, 36L, 42L),
                        1));
        assertThat(grown.get(0).judged()).containsExactly(36L, 36L, 42L);
    }

    @Test
    void the_entries_of_the_program_caches_grow_on_their_own_without_a_tolerance() {
        List<Repetition> repetitions = List.of(programs(5, 6), programs(6, 7), programs(7, 9));

        assertThat(new Growth(0, 1 << 20).judge(device -> true, repetitions))
                .containsExactly(new CacheEntryGrowth(List.of(6L, 7L, 9L), List.of(1L, 1L, 2L), 0));
    }

    @Test
    void what_a_repetition_that_is_left_out_added_is_not_counted() {
        List<Repetition> repetitions = List.of(
                new Repetition(dram(0), dram(4), 0, 0),
                new Repetition(dram(4), dram(8), 0, 0),
                new Repetition(dram(500), dram(500), 0, 0));

        assertThat(new Growth(0, 0).judge(device -> true, repetitions)).isEmpty();
    }

    @Test
    void devices_that_are_not_looked_at_do_not_grow() {
        assertThat(new Growth(0, 0).judge(device -> device != 0, held(1, 2, 3))).isEmpty();
    }

    @Test
    void a_test_without_repetitions_does_not_grow() {
        assertThat(new Growth(1, 0).judge(device -> true, List.of())).isEmpty();
    }

    @Test
    void negative_limits_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Growth(-1, 0))
                .withMessage("warm-ups and tolerance must be 0 or more, not -1 and 0 bytes");
    }

    private static List<Repetition> held(long... bytes) {
        List<Repetition> repetitions = new ArrayList<>();
        long before = 0;
        for (long held : bytes) {
            repetitions.add(new Repetition(dram(before), dram(held), 0, 0));
            before = held;
        }
        return repetitions;
    }

    private static Repetition programs(long before, long after) {
        return new Repetition(MemoryTotals.NONE, MemoryTotals.NONE, before, after);
    }

    private static MemoryTotals dram(long bytes) {
        return MemoryTotals.builder().add(0, MemoryKind.DRAM, bytes).build();
    }
}
