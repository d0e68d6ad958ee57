package io.github.ttmemorycheck.internal.diagnosis;

import static io.github.ttmemorycheck.internal.diagnosis.Facts.KIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.CIRCULAR_BUFFER;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.leak.CacheEntryGrowth;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that count references. */
class ReferenceRulesTests {

    private static Facts one(long references, long allocations) {
        return Facts.ofTest().left(0, DRAM, KIB).buffer(0, DRAM, 0x1000, KIB, references, allocations);
    }

    @Test
    void three_references_are_more_than_a_buffer_and_its_view() {
        assertThat(one(3, 4).diagnosis("held-references"))
                .contains(new Diagnosis(
                        "held-references",
                        "views or copies of a tensor still hold it",
                        "1 buffer has a ref_count of 3: allocated 4 times, freed once.",
                        List.of("deallocate each view and copy of the tensor, not only the tensor itself"),
                        Set.of(DRAM)));
    }

    @Test
    void of_several_the_one_with_the_most_references_is_told() {
        assertThat(one(3, 4)
                        .buffer(0, DRAM, 0x2000, KIB, 5, 5)
                        .buffer(0, DRAM, 0x3000, KIB)
                        .diagnosis("held-references"))
                .get()
                .satisfies(diagnosis -> {
                    assertThat(diagnosis.evidence())
                            .isEqualTo("2 buffers have a ref_count of up to 5: allocated 5 times, freed never.");
                    assertThat(diagnosis.explains()).as("not the third buffer").isEmpty();
                });
    }

    @Test
    void circular_buffers_are_sums_and_have_no_references() {
        assertThat(Facts.ofTest()
                        .left(0, CIRCULAR_BUFFER, KIB)
                        .buffer(0, CIRCULAR_BUFFER, 0x1000, KIB, 9, 18)
                        .rules())
                .containsExactly("circular-buffers");
    }

    @Test
    void two_references_are_ordinary() {
        assertThat(one(2, 3).diagnosis("held-references")).isEmpty();
    }

    @Test
    void references_to_memory_that_passes_do_not_matter() {
        assertThat(one(1, 1)
                        .finding(0, L1, 0, KIB, KIB, Verdict.WITHIN_BASELINE)
                        .buffer(0, L1, 0x1000, KIB, 9, 9)
                        .diagnosis("held-references"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 2, true", "3, 6, true", "1, 1, false", "2, 2, false", "1, 3, false", "2, 3, false"})
    void two_allocations_for_each_free_are_unbalanced(long references, long allocations, boolean speaks) {
        assertThat(one(references, allocations).diagnosis("unbalanced").isPresent())
                .isEqualTo(speaks);
    }

    @Test
    void what_is_unbalanced_is_counted() {
        assertThat(one(1, 2).buffer(0, DRAM, 0x2000, KIB, 1, 2).diagnosis("unbalanced"))
                .contains(new Diagnosis(
                        "unbalanced",
                        "memory is allocated twice and freed once",
                        "2 buffers at 2 addresses were reported as allocated twice for each free.",
                        List.of("free both owners of each buffer: what it was allocated as, and its view"),
                        Set.of(DRAM)));
    }

    @Test
    void what_may_sit_in_a_program_cache_is_not_called_unbalanced() {
        assertThat(one(1, 2).noDevice().diagnosis("unbalanced")).isEmpty();
        assertThat(one(1, 2).notCleared(1, "it failed").diagnosis("unbalanced")).isEmpty();
    }

    @Test
    void programs_that_are_compiled_anew_are_not_called_unbalanced() {
        assertThat(one(1, 2)
                        .grown(new CacheEntryGrowth(List.of(2L, 4L, 6L), List.of(2L, 2L, 2L), 1))
                        .diagnosis("unbalanced"))
                .isEmpty();
    }

    @Test
    void growth_is_no_cache_so_that_it_can_be_unbalanced_whatever_became_of_the_cache() {
        assertThat(Facts.ofTest()
                        .finding(0, DRAM, 0, KIB, KIB, Verdict.GREW)
                        .buffer(0, DRAM, 0x1000, KIB, 1, 2)
                        .noDevice()
                        .diagnosis("unbalanced"))
                .isPresent();
    }

    @Test
    void a_view_of_earlier_memory_is_held_itself() {
        assertThat(Facts.ofTest().left(0, DRAM, KIB).views().diagnosis("held-references"))
                .contains(new Diagnosis(
                        "held-references",
                        "a view of memory that was there before is still held",
                        "A further reference to it was added and not given back.",
                        List.of("deallocate the view; the memory is freed with its last reference"),
                        Set.of(DRAM)));
    }
}
