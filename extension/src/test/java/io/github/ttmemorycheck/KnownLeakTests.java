package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.check.WaiverBook;
import io.github.ttmemorycheck.internal.jupiter.HeldMemory;
import io.github.ttmemorycheck.internal.leak.TestPlace;
import io.github.ttmemorycheck.internal.leak.Waiver;
import io.github.ttmemorycheck.internal.leak.Waivers;
import io.github.ttmemorycheck.internal.runreport.WaiverUse;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Waivers: what they let pass, and when they fail. */
@Timeout(60)
class KnownLeakTests {

    private static final long KIB = 1024;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TtMemoryCheck
    static class OnMethods {

        @Test
        @KnownLeak(device = 3, max = "8KiB", reason = "the decoder keeps its scratch tensor", issue = "TT-1")
        void a_known_one() {
            client().allocate(3, DRAM, 0x1000, 8 * KIB);
        }

        @Test
        @KnownLeak(device = 3, reason = "known on device 3")
        void b_on_another_device() {
            client().allocate(2, DRAM, 0x2000, KIB);
        }

        @Test
        @KnownLeak(max = "8KiB", reason = "was small")
        void c_larger() {
            client().allocate(3, DRAM, 0x3000, 9 * KIB);
        }

        @Test
        @KnownLeak(until = "2020-02-29", reason = "to be mended by then")
        void d_out_of_date() {
            client().allocate(3, DRAM, 0x4000, KIB);
        }

        @Test
        @KnownLeak(reason = "was there once")
        void e_gone() {}

        @Test
        @KnownLeak(reason = "was there once")
        void f_gone_but_the_test_fails() {
            throw new IllegalStateException("by itself");
        }

        @Test
        @KnownLeak(until = "9999-12-31", reason = "for ever")
        void g_in_date() {
            client().allocate(3, DRAM, 0x5000, KIB);
        }
    }

    @Test
    void a_waiver_passes_what_it_describes_and_fails_when_the_leak_is_larger_gone_or_out_of_date() {
        FixtureRun run = SERVER.run(OnMethods.class);

        assertThat(run.failed())
                .containsExactly(
                        "b_on_another_device()",
                        "c_larger()",
                        "d_out_of_date()",
                        "e_gone()",
                        "f_gone_but_the_test_fails()");
        assertThat(run.of("c_larger()").leak().getMessage())
                .contains("the known leak has grown: 9 KiB on device 3, where 8 KiB were known");
        assertThat(run.of("d_out_of_date()").leak().getMessage())
                .contains("allowed until 2020-02-29, and that is past");
        assertThat(run.of("e_gone()").throwable().orElseThrow()).hasMessage("""
                        KnownLeakTests.OnMethods.e_gone() no longer leaks what is known and waived

                          waiver:   @KnownLeak(reason = "was there once")
                          on:       KnownLeakTests.OnMethods.e_gone()
                          to fix:   remove the annotation, so that the leak cannot come back unseen""");
        assertThat(run.of("f_gone_but_the_test_fails()").throwable().orElseThrow())
                .hasMessage("by itself")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasOnlyElementsOfType(HeldMemory.class));
        assertThat(run.of("b_on_another_device()").leak().report().findings())
                .filteredOn(finding -> finding.verdict().fails())
                .extracting("verdict")
                .containsExactly(Verdict.LEAKED);
    }

    @TtMemoryCheck
    @KnownLeak(reason = "somewhere in here")
    static class OnClass {

        @Test
        void leaks() {
            client().allocate(0, DRAM, 0x6000, KIB);
        }

        @Test
        void does_not() {}
    }

    @TtMemoryCheck
    @KnownLeak(reason = "somewhere in here")
    static class GoneFromClass {

        @Test
        void does_not() {}
    }

    @Test
    void a_waiver_on_a_class_is_gone_when_none_of_its_tests_leaks() {
        assertThat(SERVER.run(OnClass.class).failed()).isEmpty();
        assertThat(SERVER.run(GoneFromClass.class).failed()).containsExactly("KnownLeakTests$GoneFromClass");
    }

    @TtMemoryCheck
    static class Sometimes {

        @RepeatedTest(3)
        @KnownLeak(reason = "the second time")
        void leaks_once(RepetitionInfo repetition) {
            if (repetition.getCurrentRepetition() == 2) {
                client().allocate(0, DRAM, 0x7000, KIB);
            }
        }

        @RepeatedTest(3)
        @KnownLeak(reason = "never again")
        void leaks_never() {}
    }

    @Test
    void of_repetitions_one_is_enough_to_keep_a_waiver() {
        assertThat(SERVER.run(Sometimes.class).failed()).containsExactly("leaks_never()");
    }

    @TtMemoryCheck
    static class TwoGone {

        @Test
        @KnownLeak(device = 0, reason = "says \"never\",\n\u001b[31mand %s")
        @KnownLeak(device = 1, reason = "r")
        void leaks_nothing() {}
    }

    @Test
    void all_waivers_that_are_gone_are_named_as_they_are_annotated() {
        assertThat(SERVER.run(TwoGone.class).of("leaks_nothing()").throwable().orElseThrow())
                .hasMessage("""
                        KnownLeakTests.TwoGone.leaks_nothing() no longer leaks what is known and waived

                          waiver:   @KnownLeak(device = 0, reason = "says \\"never\\",\\n\\u001b[31mand %s")
                          on:       KnownLeakTests.TwoGone.leaks_nothing()
                          waiver:   @KnownLeak(device = 1, reason = "r")
                          on:       KnownLeakTests.TwoGone.leaks_nothing()
                          to fix:   remove the annotations, so that the leak cannot come back unseen""");
    }

    @Test
    void beside_a_waiver_that_did_not_let_its_leak_pass_another_may_be_without_one() {
        Waiver larger = waiver(0, OptionalLong.of(4));
        Waiver gone = waiver(1, OptionalLong.empty());
        Finding leak = new Finding(0, DRAM, 0, KIB, KIB, 0, Verdict.LEAKED);
        WaiverBook book = new WaiverBook();

        book.judged(List.of(larger, gone), Waivers.apply(List.of(leak), List.of(larger, gone), LocalDate.EPOCH), true);

        assertThat(book.uses()).extracting(WaiverUse::state).containsExactly("refused", "unused");
    }

    @Test
    void waivers_of_classes_of_one_name_in_two_packages_are_judged_apart() {
        io.github.ttmemorycheck.homonym.one.Llama.Fixture.doing(() -> client().allocate(0, DRAM, 0x1000, KIB));
        io.github.ttmemorycheck.homonym.two.Llama.Fixture.doing(() -> client().free(0, 0x1000));

        FixtureRun run = SERVER.run(List.of(
                io.github.ttmemorycheck.homonym.one.Llama.Waived.class,
                io.github.ttmemorycheck.homonym.two.Llama.Waived.class));

        assertThat(run.results())
                .filteredOn(result -> result.name().equals("Llama$Waived"))
                .extracting(FixtureRun.Result::throwable)
                .satisfiesExactly(
                        one -> assertThat(one).isEmpty(),
                        two -> assertThat(two)
                                .get()
                                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                                .hasMessageStartingWith("Llama.Waived no longer leaks what is known and waived"));
    }

    private static Waiver waiver(int device, OptionalLong max) {
        return new Waiver(new TestPlace("org.example.Some", "test()"), device, "known", "", max, Optional.empty());
    }

    @TtMemoryCheck
    static class BadWaiver {

        @Test
        @KnownLeak(until = "tomorrow", reason = "soon")
        void leaks() {}
    }

    @TtMemoryCheck
    @KnownLeak(reason = " ")
    static class NoReason {

        @Test
        void leaks() {}
    }

    @Test
    void bad_waivers_are_refused_before_the_first_test() {
        assertThat(SERVER.run(BadWaiver.class)
                        .of("KnownLeakTests$BadWaiver")
                        .throwable()
                        .orElseThrow())
                .hasMessage(
                        "@KnownLeak on KnownLeakTests.BadWaiver.leaks(): until = \"tomorrow\" is not a date; allowed is"
                                + " an ISO date such as \"2027-03-31\"");
        assertThat(SERVER.run(NoReason.class)
                        .of("KnownLeakTests$NoReason")
                        .throwable()
                        .orElseThrow())
                .hasMessage("@KnownLeak on KnownLeakTests.NoReason: the reason must be stated, and it is blank");
    }

    private static AllocationClient client() {
        return PrivateServer.client();
    }
}
