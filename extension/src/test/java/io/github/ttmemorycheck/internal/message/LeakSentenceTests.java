package io.github.ttmemorycheck.internal.message;

import static io.github.ttmemorycheck.internal.message.Reports.KIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subjects;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeakSentenceTests {

    @Test
    void two_kinds_are_named_the_larger_first() {
        Reports reports = Reports.of("T.t()").left(0, MemoryKind.L1, 12 * KIB);
        for (int device = 0; device < 8; device++) {
            reports.left(device, MemoryKind.DRAM, 36 * KIB);
        }

        assertThat(TextReport.summary(reports.report()))
                .isEqualTo("T.t() left 36 KiB of DRAM on each of 8 devices and 12 KiB of L1 on device 0");
    }

    @Test
    void some_of_the_devices_are_named_where_that_is_short() {
        Reports reports = Reports.of("T.t()");
        for (int device = 0; device < 8; device++) {
            reports.left(device, MemoryKind.DRAM, device == 3 ? 0 : KIB);
        }

        assertThat(TextReport.summary(reports.report()))
                .isEqualTo("T.t() left 1 KiB of DRAM on each of devices 0-2, 4-7");
    }

    @Test
    void what_is_allowed_is_said_where_it_matters() {
        assertThat(TextReport.summary(Reports.of("T.t()")
                        .finding(0, MemoryKind.DRAM, 0, 48 * KIB, 48 * KIB, 36 * KIB)
                        .left(0, MemoryKind.L1, KIB)
                        .report()))
                .isEqualTo("T.t() left 48 KiB of DRAM on device 0 (36 KiB allowed) and 1 KiB of L1 on device 0");
        assertThat(TextReport.summary(Reports.of("T.t()")
                        .finding(0, MemoryKind.DRAM, 0, 48 * KIB, 48 * KIB, 36 * KIB)
                        .finding(1, MemoryKind.DRAM, 0, 48 * KIB, 48 * KIB, 0)
                        .report()))
                .isEqualTo("T.t() left 48 KiB of DRAM on each of 2 devices, more than is allowed");
    }

    @Test
    void a_clean_test_left_nothing() {
        assertThat(TextReport.summary(
                        Reports.of("T.t()").left(0, MemoryKind.DRAM, 0).report()))
                .isEqualTo("T.t() left nothing");
    }

    @Test
    void what_could_not_be_measured_is_not_called_clean() {
        LeakReport report = new LeakReport(
                Subjects.test("T.t()"),
                0,
                List.of(new Finding(0, MemoryKind.DRAM, 0, 0, 0, 0, Verdict.INCONCLUSIVE)),
                List.of(),
                Map.of(),
                List.of(),
                new CacheRelease(1, 0, MemoryTotals.NONE, ""),
                List.of(),
                List.of(),
                "",
                Reports.MEASURED,
                "");

        assertThat(TextReport.summary(report)).isEqualTo("T.t() could not be checked");
        assertThat(TextReport.render(report)).doesNotContain("to allow", "to fix");
    }

    @Test
    void what_is_allowed_is_exact_where_it_would_look_like_what_was_left() {
        assertThat(TextReport.summary(Reports.of("T.t()")
                        .finding(0, MemoryKind.DRAM, 0, 8205 * KIB, 8205 * KIB, 8204 * KIB)
                        .report()))
                .isEqualTo("T.t() left 8.01 MiB of DRAM on device 0, where 8204KiB is allowed");
    }

    @Test
    void three_clauses_are_said_and_further_ones_are_counted() {
        assertThat(FirstLine.of("T.t()", " left ", List.of("a", "b", "c"), "!")).isEqualTo("T.t() left a, b and c!");
        assertThat(FirstLine.of("T.t()", " left ", List.of("a", "b", "c", "d"), ""))
                .isEqualTo("T.t() left a, b, c and " + FirstLine.unbroken("1 more kind"));
    }
}
