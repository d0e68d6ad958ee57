package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.PrivateServer.client;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.report.Diagnosis;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the rules are told by real runs: what no record of a single test holds. */
class DiagnosisVerdictTests {

    private static final long KIB = 1024;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static Diagnosis first(FixtureRun run, String test) {
        return run.of(test).leak().report().diagnoses().get(0);
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "1MiB")
    static class Growing {

        @RepeatedTest(4)
        void step(RepetitionInfo repetition) {
            for (int device = 0; device < 2; device++) {
                client().allocate(device, DRAM, 0x1000L * repetition.getCurrentRepetition(), 36 * KIB);
            }
        }
    }

    @Test
    void growth_foretells_the_end_by_the_capacity_of_a_setting_that_of_a_device_before_that_of_all() {
        FixtureRun run = SERVER.run(
                Growing.class,
                TtMemoryCheckSettings.CAPACITY + "*.dram",
                "1MiB",
                TtMemoryCheckSettings.CAPACITY + "1.dram",
                "512KiB");

        assertThat(first(run, "step(RepetitionInfo)").evidence())
                .endsWith("At 36 KiB a repetition, device 1 is out of DRAM (512 KiB) after about 10 more repetitions.");
    }

    @TtMemoryCheck
    static class LeavesTheSameAgain {

        @Test
        void a_first() {
            client().allocate(0, L1, 0x18b20, 4 * KIB);
        }

        @Test
        void b_second() {
            client().free(0, 0x18b20);
            client().allocate(0, L1, 0x18b20, 4 * KIB);
        }

        @Test
        void c_something_else() {
            client().allocate(0, L1, 0x19b20, 4 * KIB);
        }
    }

    @Test
    void what_was_left_after_earlier_tests_is_known_again() {
        FixtureRun run = SERVER.run(LeavesTheSameAgain.class);

        assertThat(first(run, "a_first()").evidence()).doesNotContain("earlier");
        assertThat(first(run, "b_second()").evidence()).endsWith(" The same was left after 1 earlier test.");
        assertThat(first(run, "c_something_else()").evidence()).doesNotContain("earlier");
    }

    @TtMemoryCheck
    static class ForgetsADevice {

        @Test
        void a_forgets_one_of_three() {
            for (int device = 0; device < 3; device++) {
                client().allocate(device, DRAM, 0x1000, 8 * KIB);
            }
            client().free(0, 0x1000);
            client().free(2, 0x1000);
        }

        @Test
        void b_uses_one_of_three() {
            client().allocate(1, DRAM, 0x2000, 16 * KIB);
        }
    }

    @Test
    void what_the_siblings_of_a_device_freed_is_known_for_each_test() {
        FixtureRun run = SERVER.run(ForgetsADevice.class);

        assertThat(first(run, "a_forgets_one_of_three()").conclusion())
                .isEqualTo("one device of the mesh was forgotten");
        assertThat(first(run, "b_uses_one_of_three()").conclusion())
                .isEqualTo("something is done on device 1 of the mesh alone");
    }
}
