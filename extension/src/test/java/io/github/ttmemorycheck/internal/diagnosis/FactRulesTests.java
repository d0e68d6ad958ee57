package io.github.ttmemorycheck.internal.diagnosis;

import static io.github.ttmemorycheck.internal.diagnosis.Facts.KIB;
import static io.github.ttmemorycheck.internal.diagnosis.Facts.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.CIRCULAR_BUFFER;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static io.github.ttmemorycheck.snapshot.MemoryKind.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.leak.CacheEntryGrowth;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that repeat what a device or a tracker said. */
class FactRulesTests {

    private static Facts underATrace() {
        return Facts.ofTest().leftOnEach(8, DRAM, 36 * KIB).leftOnEach(8, TRACE, 64 * KIB);
    }

    @Test
    void a_live_trace_is_why_the_cache_was_not_cleared() {
        assertThat(underATrace().notCleared(2, "a trace is live").diagnosis("trace-alive"))
                .contains(new Diagnosis(
                        "trace-alive",
                        "a captured trace is still alive, so the program cache was not cleared",
                        "64 KiB of trace memory on each of 8 devices is live, and the cache keeps 2 programs.",
                        List.of("release the captured trace before the test ends; then the cache is cleared, too"),
                        Set.of(TRACE)));
    }

    @Test
    void a_live_trace_beside_a_cleared_cache_is_not_its_reason() {
        assertThat(underATrace().diagnosis("trace-alive")).isEmpty();
    }

    @Test
    void a_trace_that_the_device_tells_of_lies_in_dram_where_no_trace_memory_is_reported() {
        assertThat(Facts.ofTest()
                        .leftOnEach(8, DRAM, 100 * KIB)
                        .notClearedUnder(64 * KIB, 2)
                        .diagnosis("trace-alive"))
                .contains(new Diagnosis(
                        "trace-alive",
                        "a captured trace is still alive, so the program cache was not cleared",
                        "The device reports 64 KiB of traces, and no TRACE memory is reported, so they lie in DRAM;"
                                + " the cache keeps 2 programs.",
                        List.of("release the captured trace before the test ends; then the cache is cleared, too"),
                        Set.of(DRAM)));
    }

    @ParameterizedTest
    @ValueSource(longs = {4 * KIB, 64 * MIB})
    void a_trace_in_dram_does_not_explain_what_is_smaller_than_it_or_larger_than_it_and_its_programs(long left) {
        assertThat(Facts.ofTest()
                        .left(0, DRAM, left)
                        .notClearedUnder(64 * KIB, 2)
                        .diagnosis("trace-alive"))
                .hasValueSatisfying(
                        diagnosis -> assertThat(diagnosis.explains()).isEmpty());
    }

    @Test
    void a_cache_that_was_not_cleared_has_another_reason_without_a_trace() {
        assertThat(Facts.ofTest()
                        .left(0, DRAM, KIB)
                        .finding(0, TRACE, 64, 0, 0, Verdict.CLEAN)
                        .notCleared(2, "clearing failed")
                        .diagnosis("trace-alive"))
                .isEmpty();
    }

    @Test
    void a_known_device_that_is_open_after_its_class() {
        assertThat(Facts.ofClass().left(0, DRAM, 8 * MIB).diagnosis("device-left-open"))
                .contains(new Diagnosis(
                        "device-left-open",
                        "a device is still open after the class",
                        "1 device of the class is open after @AfterAll, and a closed one holds nothing.",
                        List.of("close the device in @AfterAll"),
                        Set.of(DRAM)));
    }

    @Test
    void a_device_that_the_check_does_not_know_is_open_after_a_class() {
        assertThat(Facts.ofClass().left(0, DRAM, 8 * MIB).noDevice().diagnosis("device-left-open"))
                .get()
                .extracting(Diagnosis::evidence)
                .isEqualTo(
                        "A closed device holds nothing, and no field of the class holds an open one, so it is a device"
                                + " that the check does not know.");
    }

    private static Facts whatAnOpenDeviceHolds() {
        return Facts.ofTest().leftOnEach(8, DRAM, 36 * KIB).noDevice();
    }

    @Test
    void a_test_that_began_with_nothing_and_left_dram_and_l1_left_a_device_open() {
        assertThat(whatAnOpenDeviceHolds().left(0, L1, 12 * KIB).diagnosis("device-left-open"))
                .get()
                .extracting(Diagnosis::evidence)
                .isEqualTo(
                        "Nothing was allocated on any device before it, no open device is known to the check, and it left"
                                + " 36 KiB of DRAM on each of 8 devices and 12 KiB of L1 on device 0.");
        assertThat(whatAnOpenDeviceHolds().left(0, CIRCULAR_BUFFER, 1).diagnosis("device-left-open"))
                .isPresent();
    }

    @Test
    void a_test_says_nothing_of_an_open_device_where_one_of_these_is_missing() {
        assertThat(whatAnOpenDeviceHolds().diagnosis("device-left-open"))
                .as("no L1")
                .isEmpty();
        assertThat(whatAnOpenDeviceHolds()
                        .left(0, L1, 12 * KIB)
                        .finding(9, DRAM, 1, 1, 0, Verdict.CLEAN)
                        .diagnosis("device-left-open"))
                .as("something was there before")
                .isEmpty();
        assertThat(Facts.ofTest().left(0, DRAM, KIB).left(0, L1, KIB).diagnosis("device-left-open"))
                .as("the device is known")
                .isEmpty();
    }

    private static final List<String> CLOSE_OR_SHARE = List.of(
            "close MeshDevice before the test ends",
            "or, where tests share it on purpose, open it within SharedDeviceMemory.open(\"...\")");

    @Test
    void a_known_device_that_was_closed_before_a_test_and_is_open_after_it() {
        assertThat(Facts.ofTest().left(0, DRAM, KIB).opened("MeshDevice", true).diagnosis("device-left-open"))
                .contains(new Diagnosis(
                        "device-left-open",
                        "MeshDevice was opened in this test and is still open",
                        "It said that it was closed when the test began, and that it is open when the test had ended;"
                                + " what an open device holds stays until it is closed.",
                        CLOSE_OR_SHARE,
                        Set.of(DRAM)));
    }

    @Test
    void what_was_held_before_leaves_it_open_whether_the_device_that_was_opened_holds_the_rest() {
        assertThat(Facts.ofTest()
                        .finding(0, DRAM, KIB, 2 * KIB, KIB, Verdict.LEAKED)
                        .opened("MeshDevice", true)
                        .diagnosis("device-left-open"))
                .hasValueSatisfying(
                        diagnosis -> assertThat(diagnosis.explains()).isEmpty());
    }

    @Test
    void a_device_that_shows_up_in_a_test_was_opened_in_it_where_nothing_was_held_before() {
        assertThat(Facts.ofTest().left(0, DRAM, KIB).opened("MeshDevice", false).diagnosis("device-left-open"))
                .contains(new Diagnosis(
                        "device-left-open",
                        "MeshDevice was opened in this test and is still open",
                        "It was not known to the check when the test began, and nothing was allocated on any device"
                                + " then; what an open device holds stays until it is closed.",
                        CLOSE_OR_SHARE,
                        Set.of(DRAM)));
        assertThat(Facts.ofTest()
                        .finding(0, DRAM, KIB, 2 * KIB, KIB, Verdict.LEAKED)
                        .opened("MeshDevice", false)
                        .diagnosis("device-left-open"))
                .as("something was held: it may have been open long before")
                .isEmpty();
    }

    @Test
    void several_devices_that_were_opened_are_counted() {
        assertThat(Facts.ofTest()
                        .left(0, DRAM, KIB)
                        .opened("MeshDevice", true)
                        .opened("MeshDevice", true)
                        .diagnosis("device-left-open"))
                .get()
                .extracting(Diagnosis::conclusion)
                .isEqualTo("2 devices were opened in this test and are still open");
    }

    @Test
    void a_process_that_ended_is_named_with_what_it_held_and_who_owns_the_rest() {
        assertThat(Facts.ofTest()
                        .left(0, DRAM, KIB)
                        .buffer(0, DRAM, 0x1000, KIB)
                        .ended(812, 3, MemoryTotals.NONE)
                        .ended(813, 1, MemoryTotals.NONE)
                        .diagnosis("process-ended"))
                .get()
                .extracting(Diagnosis::evidence)
                .isEqualTo(
                        "Process 812 held 3 buffers when it ended, and 1 more process ended like that. What is left belongs to pid"
                                + " 4711, which is still running.");
    }

    @Test
    void a_process_that_ended_is_named_with_its_figures_where_buffers_are_not_known() {
        assertThat(Facts.ofTest()
                        .left(0, DRAM, KIB)
                        .ended(
                                812,
                                0,
                                MemoryTotals.builder().add(0, L1, 12 * KIB).build())
                        .diagnosis("process-ended"))
                .get()
                .extracting(Diagnosis::evidence)
                .isEqualTo("Process 812 held 12 KiB of L1 on device 0 when it ended.");
    }

    @Test
    void without_an_ended_process_none_is_spoken_of() {
        assertThat(Facts.ofTest().left(0, DRAM, KIB).diagnosis("process-ended")).isEmpty();
    }

    @Test
    void what_only_a_collection_freed() {
        assertThat(Facts.ofTest().left(0, DRAM, KIB).late(4 * MIB, 0).diagnosis("freed-late"))
                .contains(new Diagnosis(
                        "freed-late",
                        "memory is left to the garbage collector",
                        "4 MiB was freed only by a garbage collection; something still refers to what is left.",
                        List.of("close what owns device memory, for example in try (...), and do not leave it to the"
                                + " collector")));
    }

    @Test
    void what_went_while_the_check_waited() {
        assertThat(Facts.ofTest().left(0, DRAM, KIB).late(0, 1).diagnosis("freed-late"))
                .contains(new Diagnosis(
                        "freed-late",
                        "memory is freed late",
                        "1 B was freed while the check waited, after the test had ended.",
                        List.of("wait in the test for what frees memory in the background, or raise"
                                + " tt.memory.check.settle")));
    }

    @Test
    void without_a_late_free_none_is_spoken_of() {
        assertThat(Facts.ofTest().left(0, DRAM, KIB).diagnosis("freed-late")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "-1, false", "1048576, true", "1048577, false"})
    void a_trace_in_dram_explains_what_is_as_large_as_it_or_as_it_and_its_programs(long more, boolean explains) {
        assertThat(Facts.ofTest()
                        .left(0, DRAM, 64 * KIB + more)
                        .notClearedUnder(64 * KIB, 2)
                        .diagnosis("trace-alive")
                        .orElseThrow()
                        .explains())
                .isEqualTo(explains ? Set.of(DRAM) : Set.of());
    }

    @Test
    void growth_or_views_are_no_sign_of_a_device_that_is_open() {
        assertThat(Facts.ofClass().left(0, DRAM, 8 * MIB).views().diagnosis("device-left-open"))
                .isEmpty();
        assertThat(Facts.ofClass()
                        .left(0, DRAM, 8 * MIB)
                        .grown(new CacheEntryGrowth(List.of(1L, 2L), List.of(1L, 1L), 0))
                        .diagnosis("device-left-open"))
                .isEmpty();
        assertThat(Facts.ofClass().diagnosis("device-left-open")).isEmpty();
    }

    @Test
    void the_frees_of_a_closed_device_did_not_come() {
        String conclusion = "frees of a device that is closed were not reported";

        assertThat(Facts.ofClass().left(0, DRAM, KIB).noDevice().closed(2).diagnosis("device-left-open"))
                .get()
                .satisfies(diagnosis -> {
                    assertThat(diagnosis.conclusion()).isEqualTo(conclusion);
                    assertThat(diagnosis.evidence()).startsWith("The class has 2 devices, closed, and a closed device");
                });
        assertThat(Facts.ofClass().left(0, DRAM, KIB).closed(2).diagnosis("device-left-open"))
                .as("where another is open")
                .get()
                .extracting(Diagnosis::conclusion)
                .isEqualTo("a device is still open after the class");
    }
}
