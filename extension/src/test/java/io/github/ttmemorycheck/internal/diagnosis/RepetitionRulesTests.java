package io.github.ttmemorycheck.internal.diagnosis;

import static io.github.ttmemorycheck.internal.diagnosis.Facts.KIB;
import static io.github.ttmemorycheck.internal.diagnosis.Facts.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.leak.CacheEntryGrowth;
import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The rules that count over several repetitions. */
class RepetitionRulesTests {

    private static Facts growing(int device, MemoryKind kind, long step, int repetitions, int warmups) {
        return growing(Facts.ofTest(), device, kind, step, repetitions, warmups);
    }

    private static Facts growing(Facts facts, int device, MemoryKind kind, long step, int repetitions, int warmups) {
        List<Long> held = LongStream.rangeClosed(1, repetitions)
                .map(repetition -> repetition * step)
                .boxed()
                .toList();
        return facts.grown(new GrowthFinding(
                        new MemoryPool(device, kind),
                        held,
                        held.stream().map(any -> step).toList(),
                        warmups,
                        0))
                .finding(device, kind, 0, repetitions * step, repetitions * step, Verdict.GREW);
    }

    @Test
    void growth_in_all_repetitions_is_no_cache() {
        assertThat(growing(0, DRAM, 36 * KIB, 4, 1).diagnosis("growth"))
                .contains(new Diagnosis(
                        "growth",
                        "a leak, not a cache",
                        "A cache fills once and then stays; this grew in all 3 repetitions after 1 warm-up, so no baseline"
                                + " lets it pass.",
                        List.of("free in each repetition what it allocates"),
                        Set.of(DRAM)));
    }

    @Test
    void two_repetitions_are_both() {
        assertThat(growing(0, DRAM, 36 * KIB, 2, 0).diagnosis("growth"))
                .get()
                .extracting(Diagnosis::evidence)
                .isEqualTo(
                        "A cache fills once and then stays; this grew in both repetitions, so no baseline lets it pass.");
    }

    @Test
    void growth_that_paused_says_how_often_it_grew_and_is_foretold_with_its_pauses() {
        List<Long> deltas = LongStream.range(0, 12)
                .map(at -> at == 6 ? 0 : 11 * KIB)
                .boxed()
                .toList();
        assertThat(Facts.ofTest()
                        .grown(new GrowthFinding(new MemoryPool(0, L1), deltas, deltas, 1, 0))
                        .finding(0, L1, 0, 0, 121 * KIB, Verdict.GREW)
                        .capacity(0, L1, MIB)
                        .diagnosis("growth"))
                .get()
                .satisfies(diagnosis -> {
                    assertThat(diagnosis.conclusion()).isEqualTo("a leak that pauses, not a cache");
                    assertThat(diagnosis.evidence())
                            .startsWith(
                                    "A cache fills more and more slowly, and then stays; this grew in 10 of 11"
                                            + " repetitions after 1 warm-up, so no baseline lets it pass. At 10 KiB a repetition");
                });
    }

    @Test
    void the_device_that_is_full_first_is_foretold() {
        Facts facts = growing(0, DRAM, 36 * KIB, 4, 1);
        growing(facts, 0, L1, 12 * KIB, 4, 1);
        growing(facts, 1, L1, 12 * KIB, 4, 1);

        assertThat(facts.capacity(0, DRAM, 1024 * MIB)
                        .capacity(0, L1, 48 * KIB + 25 * KIB)
                        .capacity(1, L1, 48 * KIB + 25 * KIB)
                        .diagnosis("growth"))
                .get()
                .extracting(Diagnosis::evidence)
                .asString()
                .endsWith(
                        " At 12 KiB a repetition, devices 0-1 are out of L1 (73 KiB) after about 2 more repetitions.");
    }

    @Test
    void a_device_with_no_room_for_another_repetition_is_full_at_the_next() {
        assertThat(growing(0, L1, 12 * KIB, 4, 1).capacity(0, L1, 60 * KIB - 1).diagnosis("growth"))
                .get()
                .extracting(Diagnosis::evidence)
                .asString()
                .endsWith(" At 12 KiB a repetition, device 0 is out of L1 (60.00 KiB) at the next one.");
        assertThat(growing(0, L1, 12 * KIB, 4, 1).capacity(0, L1, 60 * KIB).diagnosis("growth"))
                .get()
                .extracting(Diagnosis::evidence)
                .asString()
                .endsWith(" after about 1 more repetition.");
    }

    @Test
    void nothing_is_foretold_of_growth_by_less_than_a_byte_a_repetition() {
        List<Long> deltas = LongStream.range(0, 12).map(at -> at - 5).boxed().toList();
        assertThat(Facts.ofTest()
                        .grown(new GrowthFinding(new MemoryPool(0, L1), deltas, deltas, 0, 0))
                        .finding(0, L1, 0, 0, 6, Verdict.GREW)
                        .capacity(0, L1, MIB)
                        .diagnosis("growth"))
                .get()
                .extracting(Diagnosis::evidence)
                .asString()
                .doesNotContain("out of");
    }

    @Test
    void nothing_is_foretold_where_no_capacity_is_known() {
        assertThat(growing(0, L1, 12 * KIB, 4, 1).capacity(1, L1, 60 * KIB).diagnosis("growth"))
                .get()
                .extracting(Diagnosis::evidence)
                .asString()
                .doesNotContain("out of");
    }

    @Test
    void memory_that_was_left_once_did_not_grow() {
        assertThat(Facts.ofTest().left(0, DRAM, KIB).diagnosis("growth")).isEmpty();
    }

    @Test
    void new_programs_in_every_repetition() {
        assertThat(Facts.ofTest()
                        .grown(new CacheEntryGrowth(List.of(2L, 4L, 6L), List.of(2L, 2L, 2L), 1))
                        .diagnosis("new-programs"))
                .contains(new Diagnosis(
                        "new-programs",
                        "the program cache does not find its programs again",
                        "Each of 2 repetitions added 2 programs; the caches hold 6 now.",
                        List.of(
                                "give each repetition the same shapes and settings, so that its programs are compiled only"
                                        + " once")));
        assertThat(Facts.ofTest()
                        .grown(new CacheEntryGrowth(List.of(2L, 3L, 6L), List.of(2L, 1L, 3L), 1))
                        .diagnosis("new-programs"))
                .get()
                .extracting(Diagnosis::evidence)
                .isEqualTo("Each of 2 repetitions added at least 1 program; the caches hold 6 now.");
    }

    @Test
    void memory_that_grows_while_programs_are_compiled_anew_is_not_told_from_theirs() {
        Facts facts = growing(0, DRAM, 36 * KIB, 4, 1)
                .grown(new CacheEntryGrowth(List.of(2L, 4L, 6L, 8L), List.of(2L, 2L, 2L, 2L), 1));

        assertThat(facts.diagnosis("growth"))
                .contains(new Diagnosis(
                        "growth",
                        "memory grows with the new programs, or beside them",
                        "It grew in all 3 repetitions after 1 warm-up, so no baseline lets it pass.",
                        List.of("free in each repetition what it allocates"),
                        Set.of(DRAM)));
    }

    @Test
    void growing_memory_alone_is_no_new_program() {
        assertThat(growing(0, DRAM, KIB, 3, 1).diagnosis("new-programs")).isEmpty();
    }

    @Test
    void the_nearest_end_alone_is_foretold() {
        Facts facts = growing(0, L1, 12 * KIB, 4, 1);
        growing(facts, 1, L1, 12 * KIB, 4, 1);

        assertThat(facts.capacity(0, L1, 60 * KIB).capacity(1, L1, 96 * KIB).diagnosis("growth"))
                .get()
                .extracting(Diagnosis::evidence)
                .asString()
                .endsWith(" At 12 KiB a repetition, device 0 is out of L1 (60 KiB) after about 1 more repetition.");
    }
}
