package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.TestPlace;
import io.github.ttmemorycheck.internal.leak.Waiver;
import io.github.ttmemorycheck.internal.runreport.CheckCost;
import io.github.ttmemorycheck.internal.runreport.CheckEntry;
import io.github.ttmemorycheck.internal.runreport.Holding;
import io.github.ttmemorycheck.internal.runreport.LateRelease;
import io.github.ttmemorycheck.internal.runreport.LedgerEnd;
import io.github.ttmemorycheck.internal.runreport.WaiverUse;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A report of two classes of one simple name, made without running them: the test of the first leaves what is allowed,
 * the test of the second leaks and then frees what the first left.
 */
final class HomonymReport {

    private static final MemoryTotals FOUR_KIB =
            MemoryTotals.builder().add(0, MemoryKind.DRAM, 4096).build();
    private static final MemoryTotals EIGHT_KIB =
            MemoryTotals.builder().add(0, MemoryKind.DRAM, 8192).build();

    private HomonymReport() {}

    static Path into(Path directory) throws IOException {
        Subject first = test("org.example.one.LlamaTests");
        Subject second = test("org.example.two.LlamaTests");
        return new MadeUpReport(
                        List.of(
                                check(first, 1, Verdict.WITHIN_BASELINE, 4096, MemoryTotals.NONE, FOUR_KIB),
                                check(second, 2, Verdict.LEAKED, 8192, FOUR_KIB, EIGHT_KIB)),
                        List.of(),
                        List.of(new LateRelease(first, second, FOUR_KIB)),
                        List.of(new WaiverUse(known(first), "used"), new WaiverUse(known(second), "unused")),
                        LedgerEnd.of(List.of(held(first, 4096), held(second, 4096))))
                .into(directory);
    }

    private static Waiver known(Subject test) {
        return new Waiver(
                new TestPlace(test.className(), ""),
                Baseline.ALL_DEVICES,
                "known",
                "",
                OptionalLong.empty(),
                Optional.empty());
    }

    private static Subject test(String type) {
        return new Subject(
                Subject.Scope.TEST, "[class:" + type + "]/[method:decode()]", type, "decode()", "", "decode()");
    }

    private static CheckEntry check(
            Subject subject, int millis, Verdict verdict, long left, MemoryTotals before, MemoryTotals after) {
        return new CheckEntry(
                subject,
                millis * 1_000_000L,
                millis * 1_000_000L + 900_000,
                CheckEntry.TestResult.PASSED,
                verdict,
                List.of(new Finding(
                        0,
                        MemoryKind.DRAM,
                        before.of(0, MemoryKind.DRAM),
                        after.of(0, MemoryKind.DRAM),
                        left,
                        verdict == Verdict.LEAKED ? 0 : left,
                        verdict)),
                before,
                after,
                CacheRelease.NO_DEVICE,
                new CheckCost(8_000, 0, 9_000, 0, 0),
                List.of());
    }

    private static Holding held(Subject holder, long bytes) {
        return new Holding(Optional.of(holder), true, 4711, "python", new MemoryPool(0, MemoryKind.DRAM), bytes, 1);
    }
}
