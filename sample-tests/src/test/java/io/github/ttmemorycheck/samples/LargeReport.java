package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.internal.runreport.CheckCost;
import io.github.ttmemorycheck.internal.runreport.CheckEntry;
import io.github.ttmemorycheck.internal.runreport.Failure;
import io.github.ttmemorycheck.internal.runreport.LedgerEnd;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A report of 10 000 tests on 64 devices that all did something else, made without running them. */
final class LargeReport {

    static final int TESTS = 10_000;
    static final int DEVICES = 64;
    /** The first sentence of a message, which takes two lines there. */
    static final String UNCHECKED =
            "LayerTests as a whole could not be checked: the allocation server stopped answering";

    private static final int KIB = 1024;

    private LargeReport() {}

    static Path into(Path directory) throws IOException {
        List<CheckEntry> checks = new ArrayList<>();
        MemoryTotals held = MemoryTotals.NONE;
        for (int i = 0; i < TESTS; i++) {
            boolean leaks = i % 100 == 99;
            MemoryTotals before = held;
            if (leaks) {
                held = MemoryTotals.builder()
                        .addAll(held)
                        .add(i / 100 % DEVICES, MemoryKind.DRAM, 4 * KIB)
                        .build();
            }
            checks.add(check(i, leaks, before, held));
        }
        return new MadeUpReport(
                        checks, List.of(unchecked()), List.of(), List.of(), LedgerEnd.unknown("no device was there"))
                .into(directory);
    }

    private static Failure unchecked() {
        return new Failure(
                new Subject(
                        Subject.Scope.CLASS,
                        "[class:org.example.LayerTests]",
                        "org.example.LayerTests",
                        "",
                        "",
                        "LayerTests"),
                Failure.Kind.UNCHECKED,
                UNCHECKED.replace(": ", ":\n  ") + "\n\n  asked:  totals of 64 devices",
                true,
                Optional.empty(),
                0);
    }

    private static CheckEntry check(int number, boolean leaks, MemoryTotals before, MemoryTotals after) {
        int device = number / 100 % DEVICES;
        MemoryTotals.Builder cache = MemoryTotals.builder();
        for (int of = 0; of < DEVICES; of++) {
            cache.add(of, MemoryKind.DRAM, 36L * KIB);
        }
        return new CheckEntry(
                new Subject(
                        Subject.Scope.TEST,
                        "[engine:junit-jupiter]/[class:org.example.LayerTests]/[test-template:decode(int)]"
                                + "/[test-template-invocation:#" + (number + 1) + "]",
                        "org.example.LayerTests",
                        "decode(int)",
                        "[" + (number + 1) + "]",
                        "layer " + number),
                number * 1_000_000L,
                number * 1_000_000L + 900_000,
                CheckEntry.TestResult.PASSED,
                leaks ? Verdict.LEAKED : Verdict.CLEAN,
                leaks
                        ? List.of(new Finding(
                                device,
                                MemoryKind.DRAM,
                                before.of(device, MemoryKind.DRAM),
                                after.of(device, MemoryKind.DRAM),
                                4 * KIB,
                                0,
                                Verdict.LEAKED))
                        : List.of(),
                before,
                after,
                new CacheRelease(1, 2, cache.build(), ""),
                new CheckCost(8_000, 20_000, 9_000, 0, 0),
                List.of());
    }
}
