package io.github.ttmemorycheck.internal.message;

import static io.github.ttmemorycheck.internal.message.Reports.KIB;
import static io.github.ttmemorycheck.internal.message.Reports.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.OtherCache;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Facts that few messages have; those of the ordinary ones are in files. */
class FurtherFactsTests {

    private static List<String> facts(LeakReport report) {
        return new FurtherFacts(report).lines();
    }

    private static CacheRelease cache(boolean kept, OtherCache... others) {
        return new CacheRelease(1, 2, MemoryTotals.NONE, "", kept, List.of(others), 0, 0);
    }

    @Test
    void a_cache_that_is_kept_for_the_class_says_so() {
        assertThat(facts(Reports.of("T.t()").cache(cache(true)).report()))
                .containsExactly(
                        "  program cache: kept warm until the tests of the class are through, and holds 2 programs");
    }

    @Test
    void of_each_cache_that_tests_named_it_is_said_what_came_of_clearing_it() {
        assertThat(facts(Reports.of("T.t()")
                        .cache(cache(
                                false,
                                new OtherCache("kv\n", Reports.onEach(1, MemoryKind.DRAM, 4 * KIB), ""),
                                new OtherCache("old", MemoryTotals.NONE, ""),
                                new OtherCache("bad", MemoryTotals.NONE, "it threw")))
                        .report()))
                .containsExactly(
                        "  program cache: held 2 programs; clearing it gave nothing back",
                        "  cache 'kv\\n': clearing it gave back 4 KiB of DRAM on device 0",
                        "  cache 'old': clearing it gave nothing back",
                        "  cache 'bad': not cleared: it threw");
    }

    @Test
    void that_no_device_is_open_is_no_news_after_a_class() {
        assertThat(facts(Reports.ofClass("T").cache(CacheRelease.NO_DEVICE).report()))
                .isEmpty();
        assertThat(facts(Reports.ofClass("T").cache(cache(false)).report())).hasSize(1);
    }

    @Test
    void what_was_freed_meanwhile_is_what_the_figures_do_not_show_of_what_is_left() {
        Reports reports = Reports.of("T.t()").cache(cache(true));
        reports.finding(0, MemoryKind.DRAM, 10 * MIB, 8 * MIB, 4 * MIB, 0).reference(0, MemoryKind.DRAM, MIB);
        reports.finding(1, MemoryKind.DRAM, 10 * MIB, 8 * MIB, 5 * MIB, 0).reference(1, MemoryKind.DRAM, 2 * MIB);
        reports.finding(2, MemoryKind.DRAM, 10 * MIB, 8 * MIB, 0, 0);

        assertThat(facts(reports.report()))
                .contains("  freed meanwhile: 5 MiB of DRAM on each of devices 0-1, allocated before the test; it does"
                        + " not make")
                .noneMatch(line -> line.contains("device 2"));
    }

    @Test
    void five_processes_that_ended_are_named_and_further_ones_are_counted() {
        Reports reports = Reports.of("T.t()").cache(cache(true));
        for (int process = 1; process <= 5; process++) {
            reports.ended(process, "", 1, MemoryTotals.NONE);
        }

        assertThat(facts(reports.report()))
                .hasSize(6)
                .endsWith("  ended without freeing: pid 5 held 1 buffer; the driver has taken them back");
        assertThat(facts(reports.ended(6, "", 1, MemoryTotals.NONE).report()))
                .endsWith("  ended without freeing: ... and 1 more process");
    }

    @Test
    void kernels_of_the_system_alone_go_with_their_device() {
        String advice = "close the device: these are kernels of the system, they stay until the device is closed";
        Reports ofSystem = Reports.of("T.t()")
                .left(0, MemoryKind.KERNEL, 36 * KIB)
                .finding(1, MemoryKind.KERNEL, 0, KIB, KIB, KIB)
                .system(0, 36 * KIB)
                .left(0, MemoryKind.DRAM, KIB)
                .buffer(0, MemoryKind.DRAM, 0x1000, KIB, 0)
                .buffer(1, MemoryKind.KERNEL, 7, KIB, 0);

        assertThat(TextReport.render(ofSystem.report())).contains(advice).doesNotContain("give up the programs");
        assertThat(TextReport.render(
                        ofSystem.buffer(0, MemoryKind.KERNEL, 8, KIB, 0).report()))
                .doesNotContain(advice)
                .contains("give up the programs that use the kernels");
    }

    @Test
    void a_cache_that_was_not_cleared_is_to_be_cleared_first() {
        assertThat(TextReport.render(Reports.of("T.t()")
                        .left(0, MemoryKind.DRAM, 36 * KIB)
                        .cache(new CacheRelease(1, 0, MemoryTotals.NONE, "it threw"))
                        .report()))
                .contains("  to fix:   let the program cache be cleared; programs in it may own this memory\n");
    }

    @Test
    void three_guesses_are_explained_and_further_ones_are_named() {
        Reports reports = Reports.of("T.t()")
                .left(0, MemoryKind.DRAM, 36 * KIB)
                .buffer(0, MemoryKind.DRAM, 0x3ffff800, 36 * KIB, 0)
                .left(0, MemoryKind.TRACE, 64 * KIB)
                .left(0, MemoryKind.L1, 12 * KIB)
                .buffer(0, MemoryKind.L1, 0x18b20, 12 * KIB, 0)
                .cache(new CacheRelease(1, 2, MemoryTotals.NONE, "a trace is live", 64 * KIB))
                .ended(812, "", 1, MemoryTotals.NONE);

        assertThat(TextReport.render(reports.report())).contains("\n  or:       [circular-buffers]\n");
    }

    @Test
    void of_nothing_left_it_is_not_said_that_its_buffers_are_not_known() {
        assertThat(TextReport.render(
                        Reports.of("T.t()").left(0, MemoryKind.DRAM, 0).report()))
                .doesNotContain("buffers:");
    }

    @Test
    void as_many_rows_as_there_is_room_for_are_all_shown() {
        Reports reports = Reports.of("T.t()");
        for (int device = 0; device < 20; device++) {
            reports.left(device, MemoryKind.DRAM, device + 1);
        }

        assertThat(TextReport.render(reports.report())).doesNotContain("more row");
        assertThat(TextReport.render(reports.left(20, MemoryKind.DRAM, 21).report()))
                .contains("\n  ... and 1 more row, 1 of them leaked\n");
    }
}
