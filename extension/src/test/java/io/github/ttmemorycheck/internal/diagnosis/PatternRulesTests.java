package io.github.ttmemorycheck.internal.diagnosis;

import static io.github.ttmemorycheck.internal.diagnosis.Facts.KIB;
import static io.github.ttmemorycheck.internal.diagnosis.Facts.MIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.CIRCULAR_BUFFER;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.KERNEL;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules that recognise a pattern of sizes, addresses or devices. */
class PatternRulesTests {

    private static Facts programs(long size, long references, long allocations) {
        return Facts.ofTest()
                .leftOnEach(8, DRAM, size)
                .bufferOnEach(8, DRAM, 0x3ffff800, size, references, allocations);
    }

    @Test
    void programs_loaded_twice_and_freed_once_on_every_device_where_no_cache_was_cleared() {
        assertThat(programs(12 * KIB, 1, 2).noDevice().diagnosis("program-cache"))
                .contains(new Diagnosis(
                        "program-cache",
                        "compiled programs in a cache that was not cleared",
                        "No cache was cleared, and 8 buffers are at the same address on all 8 devices, allocated twice and"
                                + " freed once as programs are.",
                        List.of(
                                "make the device known to the check, in a field of the test class or by a TtDeviceProvider,"
                                        + " so that its program cache is cleared"),
                        Set.of(DRAM)));
    }

    @Test
    void programs_that_a_cache_is_known_to_hold() {
        assertThat(programs(12 * KIB, 1, 1).notCleared(2, "it failed").diagnosis("program-cache"))
                .get()
                .extracting(Diagnosis::evidence)
                .isEqualTo("The cache holds 2 programs, and 8 buffers are at the same address on all 8 devices.");
    }

    @Test
    void no_program_is_suspected_where_one_of_these_is_missing() {
        assertThat(programs(12 * KIB, 1, 2).diagnosis("program-cache"))
                .as("the cache was cleared")
                .isEmpty();
        assertThat(programs(12 * KIB, 1, 1).noDevice().diagnosis("program-cache"))
                .as("loaded once")
                .isEmpty();
        assertThat(programs(12 * KIB, 1, 2).notCleared(0, "it failed").diagnosis("program-cache"))
                .as("no entries left")
                .isEmpty();
        assertThat(programs(12 * KIB, 1, 2).clean(8, 8, DRAM).noDevice().diagnosis("program-cache"))
                .as("not on every device")
                .isEmpty();
        assertThat(Facts.ofTest()
                        .finding(0, DRAM, 0, KIB, KIB, Verdict.GREW)
                        .buffer(0, DRAM, 0x1000, KIB, 1, 2)
                        .noDevice()
                        .diagnosis("program-cache"))
                .as("it grew")
                .isEmpty();
    }

    @Test
    void programs_are_smaller_than_a_mebibyte() {
        assertThat(programs(MIB - 1, 1, 2).noDevice().diagnosis("program-cache"))
                .isPresent();
        assertThat(programs(MIB, 1, 2).noDevice().diagnosis("program-cache")).isEmpty();
        assertThat(programs(-1, 1, 2).noDevice().diagnosis("program-cache")).isEmpty();
    }

    private static Facts lowInL1(long left, long address) {
        return Facts.ofTest().clean(0, 7, DRAM).left(0, L1, left).buffer(0, L1, address, left);
    }

    @Test
    void a_little_low_in_l1_that_was_never_freed_are_circular_buffers() {
        assertThat(lowInL1(12 * KIB, 0x18b20).diagnosis("circular-buffers"))
                .contains(new Diagnosis(
                        "circular-buffers",
                        "circular buffers of a program, which look alive until the device is closed",
                        "12 KiB of L1 on device 0 is 1 buffer at its low end, from 0x18b20 on; no free of it was reported.",
                        List.of("close the device, which frees them, or allow them as below: the runtime reports their"
                                + " frees without an address"),
                        Set.of(L1)));
    }

    @Test
    void circular_buffers_are_few_low_and_never_freed() {
        assertThat(lowInL1(Evidence.SMALL_L1, CircularBuffers.ADDRESS_LIMIT - 1).diagnosis("circular-buffers"))
                .isPresent();
        assertThat(lowInL1(Evidence.SMALL_L1 + 1, 0x18b20).diagnosis("circular-buffers"))
                .as("too many")
                .isEmpty();
        assertThat(lowInL1(KIB, CircularBuffers.ADDRESS_LIMIT).diagnosis("circular-buffers"))
                .as("too high")
                .isEmpty();
        assertThat(Facts.ofTest()
                        .left(0, L1, KIB)
                        .buffer(0, L1, 0x18b20, KIB, 1, 2)
                        .diagnosis("circular-buffers"))
                .as("freed once")
                .isEmpty();
    }

    @Test
    void circular_buffers_are_known_by_their_return() {
        assertThat(Facts.ofTest().left(0, L1, 12 * KIB).diagnosis("circular-buffers"))
                .isEmpty();
        assertThat(Facts.ofTest().left(0, L1, 12 * KIB).seenBefore(0, 2).diagnosis("circular-buffers"))
                .get()
                .extracting(Diagnosis::evidence)
                .isEqualTo("Only 12 KiB of L1 on device 0 is left. The same was left after 2 earlier tests.");
    }

    @Test
    void what_lies_high_in_l1_is_no_circular_buffer_however_often_it_returns() {
        Facts facts = Facts.ofTest().left(0, L1, 14 * 64).seenBefore(0, 1);
        for (int semaphore = 0; semaphore < 14; semaphore++) {
            facts.buffer(0, L1, 0x162e00 + semaphore * 64L, 64);
        }

        assertThat(facts.diagnosis("circular-buffers")).isEmpty();
    }

    @Test
    void circular_buffers_that_return_and_are_low_may_have_been_freed_in_part() {
        assertThat(Facts.ofTest()
                        .left(0, L1, KIB)
                        .buffer(0, L1, 0x18b20, KIB, 1, 2)
                        .seenBefore(0, 1)
                        .diagnosis("circular-buffers"))
                .get()
                .extracting(Diagnosis::evidence)
                .isEqualTo("1 KiB of L1 on device 0 is 1 buffer at its low end, from 0x18b20 on."
                        + " The same was left after 1 earlier test.");
    }

    @Test
    void circular_buffers_that_are_reported_as_such_need_no_pattern() {
        assertThat(Facts.ofTest()
                        .left(0, CIRCULAR_BUFFER, 8 * MIB)
                        .buffer(0, CIRCULAR_BUFFER, 0x18b20, 8 * MIB, 1, 1)
                        .diagnosis("circular-buffers"))
                .get()
                .satisfies(diagnosis -> {
                    assertThat(diagnosis.evidence())
                            .isEqualTo(
                                    "The runtime reported 8 MiB of circular buffers on device 0 and did not free them.");
                    assertThat(diagnosis.explains()).containsExactly(CIRCULAR_BUFFER);
                });
    }

    @Test
    void of_circular_buffers_that_are_a_total_nothing_is_said_of_their_frees() {
        assertThat(Facts.ofTest().left(0, CIRCULAR_BUFFER, 8 * MIB).diagnosis("circular-buffers"))
                .get()
                .satisfies(diagnosis -> {
                    assertThat(diagnosis.evidence())
                            .isEqualTo("Their total rose by 8 MiB of circular buffers on device 0; no event says whose"
                                    + " they are.");
                    assertThat(diagnosis.toString()).doesNotContain("without an address");
                    assertThat(diagnosis.explains()).containsExactly(CIRCULAR_BUFFER);
                });
    }

    private static Facts onDeviceThree(int devices) {
        return Facts.ofTest()
                .clean(0, 2, DRAM)
                .clean(4, devices - 1, DRAM)
                .left(3, DRAM, 6 * MIB)
                .buffer(3, DRAM, 0x1000, 4 * MIB)
                .buffer(3, DRAM, 0x2000, 2 * MIB);
    }

    @Test
    void a_device_was_forgotten_where_its_siblings_freed_the_same_sizes() {
        Facts facts = onDeviceThree(5);
        for (int device : List.of(0, 1, 2, 4)) {
            facts.freed(device, DRAM, 2 * MIB).freed(device, DRAM, 4 * MIB).freed(device, DRAM, KIB);
        }

        assertThat(facts.diagnosis("mesh-skew"))
                .contains(new Diagnosis(
                        "mesh-skew",
                        "one device of the mesh was forgotten",
                        "Devices 0-2, 4 were given buffers of the same 2 sizes and freed all of them, device 3 did not.",
                        List.of("deallocate on device 3 what is deallocated on devices 0-2, 4"),
                        Set.of(DRAM)));
    }

    @Test
    void a_device_only_differs_where_one_sibling_did_not_free_one_of_the_sizes() {
        Facts facts = onDeviceThree(5);
        for (int device : List.of(0, 1, 2)) {
            facts.freed(device, DRAM, 2 * MIB).freed(device, DRAM, 4 * MIB);
        }

        assertThat(facts.freed(4, DRAM, 2 * MIB).freed(4, L1, 4 * MIB).diagnosis("mesh-skew"))
                .contains(new Diagnosis(
                        "mesh-skew",
                        "something is done on device 3 of the mesh alone",
                        "6 MiB of DRAM on device 3 stayed, and nothing on devices 0-2, 4.",
                        List.of()));
    }

    @Test
    void of_two_kinds_that_differ_the_one_with_more_left_is_said_and_that_alone() {
        assertThat(Facts.ofTest()
                        .clean(0, 2, DRAM)
                        .clean(0, 2, L1)
                        .left(3, DRAM, KIB)
                        .left(3, L1, MIB)
                        .diagnosis("mesh-skew"))
                .map(Diagnosis::evidence)
                .contains("1 MiB of L1 on device 3 stayed, and nothing on devices 0-2.");
    }

    @Test
    void fewer_than_half_of_the_devices_differ_from_the_others() {
        assertThat(Facts.ofTest().left(0, DRAM, MIB).clean(1, 2, DRAM).diagnosis("mesh-skew"))
                .isPresent();
        assertThat(Facts.ofTest().left(0, DRAM, MIB).clean(1, 1, DRAM).diagnosis("mesh-skew"))
                .as("one of two")
                .isEmpty();
        assertThat(Facts.ofTest().leftOnEach(8, DRAM, MIB).diagnosis("mesh-skew"))
                .as("all")
                .isEmpty();
    }

    @Test
    void devices_that_left_what_is_allowed_are_no_clean_siblings() {
        assertThat(Facts.ofTest()
                        .left(0, DRAM, MIB)
                        .finding(1, DRAM, 0, KIB, KIB, Verdict.WITHIN_BASELINE)
                        .clean(2, 7, DRAM)
                        .diagnosis("mesh-skew"))
                .isEmpty();
    }

    @Test
    void what_programs_hold_on_one_device_is_no_skew() {
        assertThat(lowInL1(12 * KIB, 0x18b20).rules()).containsExactly("circular-buffers");
        assertThat(Facts.ofTest().clean(0, 7, DRAM).left(0, KERNEL, KIB).rules())
                .isEmpty();
    }

    @Test
    void more_than_a_hundred_mebibytes_of_dram_are_weights() {
        assertThat(Facts.ofTest()
                        .leftOnEach(8, DRAM, 128 * MIB)
                        .bufferOnEach(8, DRAM, 0x400000, 128 * MIB, 1, 1)
                        .diagnosis("weights"))
                .contains(new Diagnosis(
                        "weights",
                        "the weights of a model, or a KV cache",
                        "More than 100 MiB of DRAM on a device is rarely anything else; 128 MiB of DRAM on each of"
                                + " 8 devices is left, in 8 buffers of up to 128 MiB.",
                        List.of(
                                "deallocate the model or its KV cache before the test ends, or load it once for the class"),
                        Set.of(DRAM)));
    }

    @Test
    void a_hundred_mebibytes_may_be_something_else_and_so_may_any_amount_of_l1() {
        assertThat(Facts.ofTest().left(0, DRAM, 100 * MIB).diagnosis("weights")).isEmpty();
        assertThat(Facts.ofTest().left(0, DRAM, 100 * MIB + 1).diagnosis("weights"))
                .isPresent();
        assertThat(Facts.ofTest().left(0, L1, 128 * MIB).diagnosis("weights")).isEmpty();
    }
}
