package io.github.ttmemorycheck.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares whole messages with the files beside this class. */
class TextReportTests {

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void the_message_is_as_its_file_says(String name) {
        GoldenFile.assertMatches(name, text(name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void a_line_has_at_most_100_columns_and_no_blanks_at_its_end(String name) {
        assertThat(text(name).split("\n", -1)).allSatisfy(line -> {
            assertThat(line).isEqualTo(line.stripTrailing());
            if (!line.startsWith("  all live buffers: ") && !line.startsWith("  see:      ")) {
                assertThat(PlainText.width(line)).as(line).isLessThanOrEqualTo(100);
            }
        });
        assertThat(text(name)).doesNotEndWith("\n");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void the_message_begins_with_the_summary(String name) {
        LeakReport report = ReportCases.named(name);

        String firstBlock = text(name).substring(0, text(name).indexOf("\n\n"));
        assertThat(firstBlock.replace("\n ", "")).isEqualTo(TextReport.summary(report));
        assertThat(TextReport.summary(report)).doesNotContain("\n");
    }

    @Test
    @Timeout(10)
    void the_message_of_many_buffers_stays_short_and_quick() {
        assertThat(text("100000-buffers").lines()).hasSizeLessThan(50);
    }

    @Test
    void our_own_process_is_found_by_itself() {
        int self = Math.toIntExact(ProcessHandle.current().pid());
        LeakReport report = Reports.of("T.t()")
                .left(0, MemoryKind.DRAM, 8)
                .buffer(0, MemoryKind.DRAM, 16, 8, 1, 1, self)
                .report();

        assertThat(TextReport.render(report)).contains("1 buffer, 8 B, of pid " + self + " (this JVM)  ");
    }

    static Iterable<String> names() {
        return ReportCases.names();
    }

    private static String text(String name) {
        return TextReport.render(ReportCases.named(name), ReportCases.OWN_PROCESS);
    }
}
