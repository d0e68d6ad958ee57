package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test is told that holds more after each repetition. */
@Timeout(60)
class GrowthVerdictTests {

    private static final long KIB = 1024;
    private static final String NOT_OURS = " (not of this test run)";

    /** A process that lives as long as this one, and is none of its own. */
    private static final int PARENT =
            Math.toIntExact(ProcessHandle.current().parent().orElseThrow().pid());

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static long nextAddress;

    @BeforeEach
    void fromTheStart() {
        nextAddress = 0x1000;
    }

    static void keep(int device, long bytes) {
        client().allocate(device, DRAM, nextAddress, bytes);
        nextAddress += 0x10_0000;
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "1MiB")
    static class Accumulates {

        @RepeatedTest(4)
        void step() {
            keep(0, 36 * KIB);
            keep(1, 36 * KIB);
        }
    }

    @Test
    void growth_at_every_repetition_fails_whatever_the_baseline_allows() {
        FixtureRun run = SERVER.run(Accumulates.class);

        assertThat(run.failed()).containsExactly("step()");
        DeviceMemoryLeakError error = run.of("step()").leak();
        assertThat(error.getMessage())
                .startsWith("GrowthVerdictTests.Accumulates.step() grew by 36 KiB of DRAM on each of 2 devices")
                .contains("36, 72, 108, 144 KiB", "+36  +36  +36 KiB", "1 MiB  grew");
        assertThat(error.report().findings())
                .containsExactly(
                        new Finding(0, DRAM, 36 * KIB, 144 * KIB, 108 * KIB, 1024 * KIB, Verdict.GREW),
                        new Finding(1, DRAM, 36 * KIB, 144 * KIB, 108 * KIB, 1024 * KIB, Verdict.GREW));
        assertThat(error.getExpected().getValue())
                .isEqualTo("device 0 DRAM: at most 0 B more at each repetition\n"
                        + "device 1 DRAM: at most 0 B more at each repetition");
        assertThat(error.getActual().getValue())
                .isEqualTo("device 0 DRAM: 36 KiB more at each repetition\n"
                        + "device 1 DRAM: 36 KiB more at each repetition");
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "1MiB")
    static class OfAnotherProcess {

        @RepeatedTest(3)
        void step() {
            try (AllocationClient other = AllocationClient.builder()
                    .socket(SERVER.server().socket())
                    .processId(PARENT)
                    .build()) {
                other.allocate(0, DRAM, nextAddress, KIB);
                nextAddress += 0x10_0000;
            }
        }
    }

    @Test
    void another_process_whose_memory_grows_is_named_with_its_command() {
        DeviceMemoryLeakError error = SERVER.run(OfAnotherProcess.class, TtMemoryCheckSettings.PROCESSES, "all")
                .of("step()")
                .leak();

        assertThat(error.report().commands().get(PARENT))
                .hasSizeGreaterThan(NOT_OURS.length())
                .endsWith(NOT_OURS);
        assertThat(error.getMessage()).contains("of pid " + PARENT + " ", NOT_OURS);
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "1MiB")
    @ParameterizedClass
    @ValueSource(ints = {0, 1, 2, 3})
    static class OneOfTwoGrows {

        @Parameter
        int run;

        @Test
        void a_grows() {
            keep(run % 2, 4 * KIB);
            keep(5, 4 * KIB);
        }

        @Test
        void b_is_clean() {
            client().allocate(5, DRAM, 0x10, KIB);
            client().free(5, 0x10);
        }
    }

    @Test
    void in_a_class_template_a_test_is_not_charged_with_the_growth_of_another() {
        FixtureRun run = SERVER.run(OneOfTwoGrows.class);

        assertThat(run.failed()).containsExactly("GrowthVerdictTests$OneOfTwoGrows");
        DeviceMemoryLeakError error = run.of("GrowthVerdictTests$OneOfTwoGrows").leak();
        assertThat(error.getSuppressed()).isEmpty();
        assertThat(error.getMessage())
                .startsWith("GrowthVerdictTests.OneOfTwoGrows.a_grows() grew by 4 KiB of DRAM on device 5")
                .contains("other tests ran between the repetitions; what they left does not count as growth");
        assertThat(error.report().findings())
                .containsExactly(new Finding(5, DRAM, 4 * KIB, 16 * KIB, 12 * KIB, 1024 * KIB, Verdict.GREW));
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "1MiB")
    static class Pauses {

        @RepeatedTest(12)
        void step(RepetitionInfo repetition) {
            if (repetition.getCurrentRepetition() != 7) {
                keep(0, 64 * KIB);
            }
        }
    }

    @Test
    void growth_that_pauses_once_in_twelve_repetitions_fails_with_its_figures() {
        FixtureRun run = SERVER.run(Pauses.class);

        assertThat(run.failed()).containsExactly("step(RepetitionInfo)");
        DeviceMemoryLeakError error = run.of("step(RepetitionInfo)").leak();
        assertThat(Wrapping.firstSentence(String.valueOf(error.getMessage())))
                .isEqualTo("GrowthVerdictTests.Pauses.step(RepetitionInfo) grew by 64 KiB of DRAM on device 0"
                        + " in 11 of 12 repetitions");
        assertThat(error.getMessage())
                .contains("64, 128, 192, 256, (6 more), 640, 704 KiB  +64 KiB in 10 of 11", "11 buffers, 704 KiB")
                .contains("a leak that pauses, not a cache");
        assertThat(error.report().findings())
                .containsExactly(new Finding(0, DRAM, 64 * KIB, 704 * KIB, 640 * KIB, 1024 * KIB, Verdict.GREW));
        assertThat(error.getActual().getValue()).isEqualTo("device 0 DRAM: 64 KiB more in 10 of 11 repetitions");
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "1MiB")
    static class FillsInSteps {

        @RepeatedTest(12)
        void step(RepetitionInfo repetition) {
            if (repetition.getCurrentRepetition() <= 10) {
                keep(0, 64 * KIB);
            }
        }
    }

    @Test
    void a_cache_that_fills_in_ten_steps_is_no_growth() {
        assertThat(SERVER.run(FillsInSteps.class).failed()).isEmpty();
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "1MiB")
    static class FillsOnce {

        @RepeatedTest(4)
        void step(RepetitionInfo repetition) {
            if (repetition.getCurrentRepetition() <= 2) {
                keep(0, 36 * KIB);
            }
        }
    }

    @Test
    void a_cache_that_fills_and_then_stays_is_no_growth() {
        assertThat(SERVER.run(FillsOnce.class).failed()).isEmpty();
    }

    @TtMemoryCheck(warmups = 0, growthTolerance = "4KiB")
    @MemoryBaseline(dram = "1MiB")
    static class WithinTolerance {

        @ParameterizedTest
        @ValueSource(longs = {4, 4, 4})
        void grows_no_more(long kib) {
            keep(0, kib * KIB);
        }

        @ParameterizedTest
        @ValueSource(longs = {5, 6})
        void grows_more(long kib) {
            keep(0, kib * KIB);
        }
    }

    @Test
    void tolerance_and_warmups_are_attributes_of_the_check() {
        assertThat(SERVER.run(WithinTolerance.class).failed()).containsExactly("grows_more(long)");
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "40KiB")
    static class LeftOut {

        @RepeatedTest(5)
        void step(RepetitionInfo repetition) {
            if (repetition.getCurrentRepetition() == 3) {
                keep(0, 400 * KIB);
                throw new IllegalStateException("fails by itself");
            }
            keep(0, 1 * KIB);
        }
    }

    @Test
    void a_repetition_that_failed_is_left_out_and_said_so() {
        FixtureRun run = SERVER.run(LeftOut.class);

        assertThat(run.failed()).containsExactly("repetition 3 of 5", "step(RepetitionInfo)");
        assertThat(run.of("step(RepetitionInfo)").leak().getMessage())
                .startsWith("GrowthVerdictTests.LeftOut.step(RepetitionInfo) grew by 1 KiB of DRAM on device 0")
                .contains("note: repetitions that failed or were aborted are left out: 3");
    }

    @TtMemoryCheck
    static class LeaksEachTime {

        @RepeatedTest(3)
        void step() {
            keep(0, KIB);
        }
    }

    @Test
    void a_repetition_that_fails_for_its_own_leak_is_not_charged_again_as_growth() {
        assertThat(SERVER.run(LeaksEachTime.class).failed())
                .containsExactly("repetition 1 of 3", "repetition 2 of 3", "repetition 3 of 3");
    }

    @TtMemoryCheck
    @MemoryBaseline(dram = "1MiB")
    @ParameterizedClass
    @ValueSource(ints = {1, 2, 3})
    static class InAClassTemplate {

        @Parameter
        int number;

        @Test
        void step() {
            keep(number, KIB);
            keep(0, KIB);
        }
    }

    @Test
    void a_test_in_a_class_template_is_repeated_too() {
        FixtureRun run = SERVER.run(InAClassTemplate.class);

        assertThat(run.failed()).containsExactly("GrowthVerdictTests$InAClassTemplate");
        assertThat(run.of("GrowthVerdictTests$InAClassTemplate").leak().getMessage())
                .startsWith("GrowthVerdictTests.InAClassTemplate.step() grew by 1 KiB of DRAM on device 0 at every");
    }

    private static TtDevice device = mock(TtDevice.class);

    @TtMemoryCheck
    static class UnstableKeys {
        final TtDevice mesh = new DelegatingDevice(device);

        @RepeatedTest(4)
        void step() {}
    }

    @Test
    void cache_entries_that_grow_on_identical_calls_are_a_finding_of_their_own() {
        device = mock(TtDevice.class);
        when(device.isOpen()).thenReturn(true);
        long[] entries = {0};
        when(device.numProgramCacheEntries()).thenAnswer(call -> ++entries[0]);

        FixtureRun run = SERVER.run(UnstableKeys.class);

        assertThat(run.failed()).containsExactly("step()");
        DeviceMemoryLeakError error = run.of("step()").leak();
        assertThat(error.getMessage()).contains("in its caches", "programs in the caches");
        assertThat(error.getExpected().getValue())
                .isEqualTo("program caches: at most 0 programs more at each repetition");
        assertThat(String.valueOf(error.getActual().getValue()))
                .matches("program caches: \\d+ programs more at each repetition");
    }

    @TtMemoryCheck
    @MemoryBaseline(device = 1, dram = "1MiB")
    static class KnownToLeak {

        @RepeatedTest(3)
        @KnownLeak(device = 0, max = "4KiB", reason = "the decoder keeps its scratch tensor")
        void as_known() {
            keep(0, 4 * KIB);
        }

        @RepeatedTest(3)
        @KnownLeak(device = 0, max = "4KiB", reason = "the decoder keeps its scratch tensor")
        void beside_what_is_known() {
            keep(0, 4 * KIB);
            keep(1, 2 * KIB);
        }

        @RepeatedTest(3)
        @KnownLeak(device = 0, max = "4KiB", reason = "the decoder keeps its scratch tensor")
        void more_than_is_known() {
            keep(0, 6 * KIB);
        }
    }

    @Test
    void what_a_known_leak_lets_pass_in_each_repetition_is_no_growth() {
        FixtureRun run = SERVER.run(KnownToLeak.class);

        assertThat(run.failed())
                .containsExactly(
                        "beside_what_is_known()", "repetition 1 of 3", "repetition 2 of 3", "repetition 3 of 3");
        DeviceMemoryLeakError beside = run.of("beside_what_is_known()").leak();
        assertThat(beside.getMessage())
                .startsWith("GrowthVerdictTests.KnownToLeak.beside_what_is_known() grew by 2 KiB of DRAM on device 1")
                .contains("3 buffers, 6 KiB")
                .doesNotContain("device 0");
    }

    private static AllocationClient client() {
        return PrivateServer.client();
    }
}
