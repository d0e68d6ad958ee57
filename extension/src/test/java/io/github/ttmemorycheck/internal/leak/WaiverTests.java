package io.github.ttmemorycheck.internal.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WaiverTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    @Test
    void the_largest_figures_do_not_pass_by_overflow() {
        List<Finding> findings =
                List.of(leak(0, MemoryKind.DRAM, Long.MAX_VALUE), leak(0, MemoryKind.L1, Long.MAX_VALUE));

        Waivers waivers = Waivers.apply(findings, List.of(upTo(8)), TODAY);

        assertThat(waivers.findings()).extracting(Finding::verdict).containsOnly(Verdict.LEAKED);
        assertThat(waivers.used()).isEmpty();
        assertThat(waivers.objections())
                .singleElement()
                .asString()
                .startsWith("the known leak has grown: 8.00 EiB on device 0, where 8 B were known;");
    }

    @Test
    void the_kinds_of_one_device_count_together_and_devices_apart() {
        assertThat(Waivers.apply(
                                List.of(leak(0, MemoryKind.DRAM, 8), leak(1, MemoryKind.DRAM, 8)),
                                List.of(upTo(8)),
                                TODAY)
                        .objections())
                .isEmpty();
        assertThat(Waivers.apply(
                                List.of(leak(0, MemoryKind.DRAM, 8), leak(0, MemoryKind.L1, 1)),
                                List.of(upTo(8)),
                                TODAY)
                        .objections())
                .hasSize(1);
    }

    @Test
    void a_waiver_is_about_leaks_on_its_device_alone() {
        Waiver onOne =
                new Waiver(new TestPlace("org.example.T", ""), 1, "known", "", OptionalLong.empty(), Optional.empty());

        assertThat(onOne.isAbout(leak(1, MemoryKind.DRAM, 8))).isTrue();
        assertThat(onOne.isAbout(leak(0, MemoryKind.DRAM, 8))).isFalse();
        assertThat(onOne.isAbout(leak(1, MemoryKind.DRAM, 8).withVerdict(Verdict.WITHIN_BASELINE)))
                .isFalse();
        assertThat(upTo(8).isAbout(leak(7, MemoryKind.L1, 8))).isTrue();
    }

    @Test
    void what_is_known_on_one_device_leaves_others_leaked() {
        Waiver onOne =
                new Waiver(new TestPlace("org.example.T", ""), 1, "known", "", OptionalLong.empty(), Optional.empty());

        Waivers waivers =
                Waivers.apply(List.of(leak(0, MemoryKind.DRAM, 8), leak(1, MemoryKind.DRAM, 8)), List.of(onOne), TODAY);

        assertThat(waivers.findings()).extracting(Finding::verdict).containsExactly(Verdict.LEAKED, Verdict.KNOWN);
        assertThat(waivers.used()).containsExactly(onOne);
    }

    @Test
    void a_waiver_that_is_about_nothing_is_not_used() {
        Waiver onOne = new Waiver(
                new TestPlace("org.example.T", ""), 1, "known", "", OptionalLong.empty(), Optional.of(TODAY));

        assertThat(Waivers.apply(List.of(leak(0, MemoryKind.DRAM, 8)), List.of(onOne), TODAY.plusDays(9)))
                .satisfies(waivers -> assertThat(waivers.used()).isEmpty())
                .satisfies(waivers -> assertThat(waivers.objections()).isEmpty());
    }

    @Test
    void the_last_day_passes_and_the_day_after_does_not() {
        Waiver today = new Waiver(
                new TestPlace("org.example.Outer$T", "t()"),
                2,
                "the \"known\" one",
                "#12",
                OptionalLong.of(36 << 10),
                Optional.of(TODAY));
        List<Finding> leaks = List.of(leak(2, MemoryKind.DRAM, 36 << 10));

        assertThat(today.objection(leaks, TODAY)).isNull();
        assertThat(today.objection(leaks, TODAY.plusDays(1)))
                .isEqualTo("the known leak was allowed until 2026-03-01, and that is past; state a later day if it may"
                        + " stay: @KnownLeak(device = 2, max = \"36KiB\", until = \"2026-03-01\", issue = \"#12\","
                        + " reason = \"the \\\"known\\\" one\") on " + today.place());
        assertThat(today.place().toString()).endsWith("T.t()").doesNotContain("org.example");
        assertThat(new Waiver(
                        new TestPlace("org.example.T", ""), 2, "known", "", OptionalLong.empty(), Optional.empty()))
                .hasToString("@KnownLeak(device = 2, reason = \"known\") on T");
    }

    private static Waiver upTo(long bytes) {
        return new Waiver(
                new TestPlace("org.example.T", "t()"),
                Baseline.ALL_DEVICES,
                "known",
                "",
                OptionalLong.of(bytes),
                Optional.empty());
    }

    private static Finding leak(int device, MemoryKind kind, long bytes) {
        return new Finding(device, kind, 0, bytes, bytes, 0, Verdict.LEAKED);
    }
}
