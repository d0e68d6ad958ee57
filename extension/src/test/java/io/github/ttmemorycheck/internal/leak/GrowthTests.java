package io.github.ttmemorycheck.internal.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        List<Repetition> repetitions = added(
                Stream.of(deltas.split(" ", -1)).mapToLong(Long::parseLong).toArray());

        assertThat(new Growth(warmups, tolerance, true).judge(device -> true, repetitions))
                .hasSize(grew ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void it_grew_in_eleven_of_twelve_repetitions_wherever_it_paused(int pause) {
        long[] deltas = LongStream.range(0, 12).map(at -> at == pause ? 0 : 64).toArray();

        List<GrowthResult> grown = new Growth(1, 0, true).judge(device -> true, added(deltas));

        assertThat(grown).singleElement().satisfies(growth -> {
            assertThat(growth.timesGrown()).isEqualTo(11);
            assertThat(growth.timesGrownAsJudged()).isEqualTo(pause == 0 ? 11 : 10);
            assertThat(growth.least()).isEqualTo(64);
            assertThat(growth.isEven()).isTrue();
            assertThat(growth.last()).isEqualTo(100 + 704);
        });
    }

    /** After one warm-up: {@code +} is growth, {@code .} a pause, {@code -} a pause that gives back. */
    @ParameterizedTest(name = "{0}: grew = {1}, {2}")
    @CsvSource({
        "+ +++++.+++,       false, 'with nine there is no allowance'",
        "+ +++++.++++,      true,  'with ten there is'",
        "+ ++++++++++.,     true,  'the last may be a pause'",
        "+ +++++++++..,     false, 'two of eleven are too many'",
        "+ ++.+++++.+++++++, true, 'two of sixteen are not, one in each half'",
        "+ ++++++++.+++.+++, false, 'in the later half of sixteen one may be a pause'",
        "+ ++++++++++++++++++++++++++++++.., false, 'what rests at the end has filled'",
        "+ +++++++++++++++++++++++++++++.+., true,  'what grew just before the end has not'",
        "+ +++++-+++++,     true,  'what gives back a little has paused'",
        "+ +++++++++#+,     false, 'what gives back all has not grown'"
    })
    void one_of_six_repetitions_may_be_a_pause(String series, boolean grew, String why) {
        long[] deltas = series.replace(" ", "")
                .chars()
                .mapToLong(delta -> switch (delta) {
                    case '+' -> 64;
                    case '.' -> 0;
                    case '-' -> -64;
                    default -> -640;
                })
                .toArray();

        assertThat(new Growth(1, 0, true).judge(device -> true, added(deltas)))
                .as(why)
                .hasSize(grew ? 1 : 0);
    }

    @Test
    void growth_within_the_tolerance_is_a_pause() {
        long[] deltas = {64, 64, 64, 64, 64, 4, 64, 64, 64, 64, 64, 64};

        assertThat(new Growth(1, 4, true).judge(device -> true, added(deltas)))
                .singleElement()
                .satisfies(growth -> {
                    assertThat(growth.timesGrown()).isEqualTo(11);
                    assertThat(growth.least()).isEqualTo(64);
                });
    }

    @Test
    void memory_that_comes_with_programs_the_caches_did_not_hold_before_is_no_leak_for_a_pause() {
        List<Repetition> repetitions = new ArrayList<>();
        long programs = 0;
        for (int repetition = 0; repetition < 12; repetition++) {
            long after = programs + (repetition == 6 ? 0 : 1);
            repetitions.add(new Repetition(dram(programs), dram(after), MemoryTotals.NONE, programs, after, false));
            programs = after;
        }

        assertThat(new Growth(1, 0, true).judge(device -> true, repetitions)).isEmpty();
    }

    @Test
    void memory_pauses_where_the_caches_hold_as_many_programs_each_time() {
        List<Repetition> repetitions = added(64, 64, 64, 0, 64, 64, 64, 64, 64, 64, 64, 64).stream()
                .map(each -> new Repetition(each.before(), each.held(), MemoryTotals.NONE, 5, 5, false))
                .toList();

        assertThat(new Growth(1, 0, true).judge(device -> true, repetitions)).hasSize(1);
    }

    @Test
    void a_finding_holds_the_figures_after_each_repetition_and_all_deltas() {
        List<GrowthResult> grown = new Growth(1, 0, true).judge(device -> true, held(36, 72, 108, 150));

        assertThat(grown)
                .containsExactly(new GrowthFinding(
                        new MemoryPool(0, MemoryKind.DRAM),
                        List.of(36L, 72L, 108L, 150L),
                        List.of(36L, 36L, 36L, 42L),
                        1,
                        0));
        assertThat(grown.get(0).judged()).containsExactly(36L, 36L, 42L);
    }

    @Test
    void the_entries_of_the_program_caches_grow_on_their_own_without_a_tolerance() {
        List<Repetition> repetitions = List.of(programs(5, 6), programs(6, 7), programs(7, 9));

        assertThat(new Growth(0, 1 << 20, true).judge(device -> true, repetitions))
                .containsExactly(new CacheEntryGrowth(List.of(6L, 7L, 9L), List.of(1L, 1L, 2L), 0));
    }

    @Test
    void what_a_repetition_that_is_left_out_added_is_not_counted() {
        List<Repetition> repetitions = List.of(
                new Repetition(dram(0), dram(4), MemoryTotals.NONE, 0, 0, false),
                new Repetition(dram(4), dram(8), MemoryTotals.NONE, 0, 0, false),
                new Repetition(dram(500), dram(500), MemoryTotals.NONE, 0, 0, false));

        assertThat(new Growth(0, 0, true).judge(device -> true, repetitions)).isEmpty();
    }

    @Test
    void programs_of_calls_that_differ_are_no_growth() {
        List<Repetition> repetitions = List.of(programs(0, 1), programs(1, 2), programs(2, 3));

        assertThat(new Growth(0, 0, false).judge(device -> true, repetitions)).isEmpty();
    }

    @Test
    void a_repetition_that_filled_the_caches_is_left_out_unless_it_is_a_warmup() {
        Repetition filling = new Repetition(dram(0), dram(36), MemoryTotals.NONE, 0, 1, true);
        List<Repetition> later = List.of(
                new Repetition(dram(36), dram(37), MemoryTotals.NONE, 1, 1, false),
                new Repetition(dram(37), dram(49), MemoryTotals.NONE, 1, 2, true),
                new Repetition(dram(49), dram(50), MemoryTotals.NONE, 2, 2, false));
        List<Repetition> all = Stream.concat(Stream.of(filling), later.stream()).toList();

        assertThat(new Growth(1, 0, false).judge(device -> true, all))
                .containsExactly(new GrowthFinding(
                        new MemoryPool(0, MemoryKind.DRAM), List.of(36L, 37L, 50L), List.of(36L, 1L, 1L), 1, 0));
        assertThat(new Growth(0, 0, false).judge(device -> true, all))
                .containsExactly(new GrowthFinding(
                        new MemoryPool(0, MemoryKind.DRAM), List.of(37L, 50L), List.of(1L, 1L), 0, 0));
        assertThat(isPossible(0, 0, List.of(filling, filling, filling))).isFalse();
        assertThat(isPossible(0, 0, all)).isTrue();
    }

    @Test
    void growth_stays_possible_while_more_than_half_of_the_repetitions_that_count_grew() {
        assertThat(isPossible(1, 2, added(9))).isTrue();
        assertThat(isPossible(1, 2, added(9, 3, 3, 2))).isTrue();
        assertThat(isPossible(1, 2, added(9, 3, 2))).isFalse();
        assertThat(isPossible(1, 2, added(9, 2, 2, 2))).isFalse();
        assertThat(isPossible(1, 2, added(9, 3, 3), device -> device == 5)).isFalse();
    }

    private static boolean isPossible(int warmups, long tolerance, List<Repetition> repetitions) {
        return isPossible(warmups, tolerance, repetitions, device -> true);
    }

    private static boolean isPossible(int warmups, long tolerance, List<Repetition> repetitions, IntPredicate devices) {
        GrowthSoFar growth = new GrowthSoFar(warmups, tolerance, devices);
        repetitions.forEach(growth::add);
        return growth.isPossible();
    }

    @Test
    void what_is_waived_is_no_growth_but_what_comes_beside_it_is() {
        List<Repetition> waived = List.of(
                new Repetition(dram(0), dram(4), dram(4), 0, 0, false),
                new Repetition(dram(4), dram(8), dram(4), 0, 0, false),
                new Repetition(dram(8), dram(12), dram(4), 0, 0, false));

        assertThat(new Growth(1, 0, true).judge(device -> true, waived)).isEmpty();
        assertThat(isPossible(1, 0, waived)).isFalse();
        assertThat(new Growth(1, 0, true)
                        .judge(
                                device -> true,
                                waived.stream()
                                        .map(each -> new Repetition(each.before(), each.held(), dram(3), 0, 0, false))
                                        .toList()))
                .singleElement()
                .satisfies(growth -> assertThat(growth.deltas()).containsExactly(1L, 1L, 1L));
    }

    @Test
    void devices_that_are_not_looked_at_do_not_grow() {
        assertThat(new Growth(0, 0, true).judge(device -> device != 0, held(1, 2, 3)))
                .isEmpty();
    }

    @Test
    void a_test_without_repetitions_does_not_grow() {
        assertThat(new Growth(1, 0, true).judge(device -> true, List.of())).isEmpty();
    }

    @Test
    void negative_limits_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Growth(-1, 0, true))
                .withMessage("warm-ups and tolerance must be 0 or more, not -1 and 0 bytes");
    }

    private static List<Repetition> added(long... deltas) {
        List<Repetition> repetitions = new ArrayList<>();
        long held = 100;
        for (long delta : deltas) {
            long before = held;
            held += delta;
            repetitions.add(new Repetition(dram(before), dram(held), MemoryTotals.NONE, 0, 0, false));
        }
        return repetitions;
    }

    private static List<Repetition> held(long... bytes) {
        List<Repetition> repetitions = new ArrayList<>();
        long before = 0;
        for (long held : bytes) {
            repetitions.add(new Repetition(dram(before), dram(held), MemoryTotals.NONE, 0, 0, false));
            before = held;
        }
        return repetitions;
    }

    private static Repetition programs(long before, long after) {
        return new Repetition(MemoryTotals.NONE, MemoryTotals.NONE, MemoryTotals.NONE, before, after, false);
    }

    private static MemoryTotals dram(long bytes) {
        return MemoryTotals.builder().add(0, MemoryKind.DRAM, bytes).build();
    }

    @Test
    void the_total_is_what_was_added_less_what_pauses_gave_back() {
        GrowthFinding growth = new GrowthFinding(
                new MemoryPool(0, MemoryKind.DRAM), List.of(9L, 19L, 16L, 21L), List.of(9L, 10L, -3L, 5L), 1, 0);

        assertThat(growth.total()).isEqualTo(12);
    }
}
