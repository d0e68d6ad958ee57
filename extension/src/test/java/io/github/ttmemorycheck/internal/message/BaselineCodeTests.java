package io.github.ttmemorycheck.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import io.github.ttmemorycheck.internal.leak.BaselineScope;
import io.github.ttmemorycheck.internal.leak.BaselineStatement;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the code that a message offers and judges with it. */
class BaselineCodeTests {

    private static final Pattern ANNOTATION = Pattern.compile("@MemoryBaseline\\((?:device = (-?\\d+), )?([^)]*)\\)");
    private static final Pattern SIZE = Pattern.compile("(\\w+) = \"([^\"]+)\"");

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void the_code_offered_lets_pass_what_was_left_and_no_more_than_the_largest(String name) {
        LeakReport report = ReportCases.named(name);
        Baseline pasted = pasted(TextReport.render(report));

        assertThat(report.findings())
                .filteredOn(finding -> finding.verdict().fails())
                .allSatisfy(finding -> assertThat(allowed(pasted, finding)).isBetween(finding.left(), most(report)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void the_code_offered_does_not_make_anything_fail_that_passed(String name) {
        LeakReport report = ReportCases.named(name);
        Baseline pasted = pasted(TextReport.render(report));

        assertThat(report.findings())
                .filteredOn(finding -> !finding.verdict().fails())
                .filteredOn(finding -> pasted.deciding(finding.pool()).isPresent())
                .allSatisfy(finding -> assertThat(allowed(pasted, finding)).isGreaterThanOrEqualTo(finding.left()));
    }

    @Test
    void few_annotations_allow_each_device_exactly_what_it_needs() {
        List<Finding> findings = Reports.of("T.t()")
                .left(0, MemoryKind.DRAM, 1)
                .left(1, MemoryKind.DRAM, 2048)
                .left(1, MemoryKind.L1, 3)
                .left(2, MemoryKind.DRAM, 0)
                .report()
                .findings();

        assertThat(plain(BaselineCode.allowing(findings)))
                .containsExactly(
                        "@MemoryBaseline(device = 0, dram = \"1B\")",
                        "@MemoryBaseline(device = 1, dram = \"2KiB\", l1 = \"3B\")");
    }

    @Test
    void a_kind_that_every_device_needs_alike_is_stated_once() {
        List<Finding> findings = Reports.of("T.t()")
                .left(0, MemoryKind.DRAM, 1024)
                .left(1, MemoryKind.DRAM, 1024)
                .left(1, MemoryKind.L1, 3)
                .report()
                .findings();

        assertThat(plain(BaselineCode.allowing(findings)))
                .containsExactly("@MemoryBaseline(dram = \"1KiB\")", "@MemoryBaseline(device = 1, l1 = \"3B\")");
    }

    @Test
    void one_statement_for_all_covers_a_device_whose_own_baseline_it_would_hide() {
        Reports reports = Reports.of("T.t()").finding(9, MemoryKind.DRAM, 0, 100, 100, 4096);
        for (int device = 0; device < 5; device++) {
            reports.left(device, MemoryKind.DRAM, device + 1);
        }

        assertThat(plain(BaselineCode.allowing(reports.report().findings())))
                .containsExactly("@MemoryBaseline(dram = \"100B\")");
    }

    static Iterable<String> names() {
        return ReportCases.names();
    }

    private static long allowed(Baseline baseline, Finding finding) {
        return baseline.allowed(finding.pool());
    }

    private static long most(LeakReport report) {
        return report.findings().stream().mapToLong(Finding::left).max().orElseThrow();
    }

    private static List<String> plain(BaselineCode code) {
        return code.annotations().stream().map(Wrapping::oneLine).toList();
    }

    private static Baseline pasted(String message) {
        String oneLine = message.lines().map(String::strip).collect(Collectors.joining(" "));
        List<BaselineStatement> statements = new ArrayList<>();
        Matcher annotation = ANNOTATION.matcher(oneLine);
        while (annotation.find()) {
            int device = annotation.group(1) == null ? Baseline.ALL_DEVICES : Integer.parseInt(annotation.group(1));
            Matcher size = SIZE.matcher(annotation.group(2));
            while (size.find()) {
                statements.add(new BaselineStatement(
                        device,
                        MemoryKind.byName(size.group(1)).orElseThrow(),
                        ByteSize.parse(size.group(2)).bytes()));
            }
        }
        return new Baseline(List.of(new BaselineLevel("pasted", BaselineScope.METHOD, statements)));
    }

    @Test
    void no_line_is_broken_inside_an_attribute() {
        assertThat(BaselineCode.allowing(List.of(new Finding(3, MemoryKind.DRAM, 0, 8, 8, 0, Verdict.LEAKED)))
                        .annotations())
                .containsExactly("@MemoryBaseline(device = 3, dram = \"8B\")".replace(" = ", "\u00a0=\u00a0"));
    }

    @Test
    void four_devices_have_an_annotation_each_and_five_have_one_for_the_most() {
        List<Finding> findings = new ArrayList<>();
        for (int device = 0; device < 4; device++) {
            findings.add(new Finding(device, MemoryKind.DRAM, 0, 9, device + 1, 0, Verdict.LEAKED));
        }
        assertThat(BaselineCode.allowing(findings).annotations()).hasSize(4);

        findings.add(new Finding(4, MemoryKind.DRAM, 0, 9, 5, 0, Verdict.LEAKED));
        assertThat(BaselineCode.allowing(findings).annotations())
                .containsExactly(FirstLine.unbroken("@MemoryBaseline(dram = \"5B\")"));
    }
}
