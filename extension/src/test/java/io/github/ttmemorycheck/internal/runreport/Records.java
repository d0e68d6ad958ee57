package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.TestPlace;
import io.github.ttmemorycheck.internal.leak.Waiver;
import io.github.ttmemorycheck.internal.settings.SettingInForce;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Measurement;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Subjects;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs to write, without a device. */
final class Records {

    /** What a name may hold at worst. */
    static final String ODD = "</script>%s \"quoted\" \\ \u6e2c\u8a66 \n\t\u2028 \ud800";

    static final Instant STARTED = Instant.parse("2026-07-28T12:00:00Z");

    private Records() {}

    static Subject subject(String name, Subject.Scope scope) {
        return Subjects.of(name, scope);
    }

    /** The test {@code LlamaTests.decode()}, or its class, of a package. */
    static Subject homonym(String inPackage, Subject.Scope scope) {
        String type = inPackage + ".LlamaTests";
        String method = scope == Subject.Scope.TEST ? "decode()" : "";
        return new Subject(scope, "[class:" + type + "]/[" + method + "]", type, method, "", "LlamaTests");
    }

    static CheckEntry check(String name, Verdict verdict, long startNanos) {
        return check(subject(name, Subject.Scope.TEST), verdict, startNanos);
    }

    static CheckEntry check(Subject subject, Verdict verdict, long startNanos) {
        return check(subject, verdict, startNanos, MemoryTotals.NONE);
    }

    static CheckEntry check(Subject subject, Verdict verdict, MemoryTotals held) {
        return check(subject, verdict, 0, held);
    }

    private static CheckEntry check(Subject subject, Verdict verdict, long startNanos, MemoryTotals held) {
        return new CheckEntry(
                subject,
                startNanos,
                startNanos + 1_000,
                CheckEntry.TestResult.PASSED,
                verdict,
                List.of(),
                held,
                held,
                CacheRelease.NO_DEVICE,
                new CheckCost(1_000_000, 2_000_000, 3_000_000, 0, 0),
                List.of());
    }

    static RunRecord run(List<CheckEntry> checks) {
        return run(4711, checks, List.of());
    }

    static RunRecord run(long pid, List<CheckEntry> checks, List<Failure> failures) {
        return new RunRecord(
                pid,
                STARTED,
                0,
                true,
                "embedded tracker, /tmp/s",
                List.of("MeshDevice"),
                List.of(new SettingInForce("tt.memory.check.mode", "fail", "default")),
                checks,
                failures,
                0,
                List.of(),
                0,
                List.of(),
                LedgerEnd.unknown("there was no tracker"));
    }

    /** Has everything that a report can hold, with the worst of names. */
    static RunRecord full() {
        MemoryTotals held = MemoryTotals.builder()
                .add(0, MemoryKind.DRAM, 36_864)
                .add(1, MemoryKind.DRAM, 36_864)
                .add(3, MemoryKind.DRAM, 36_864)
                .add(0, MemoryKind.CIRCULAR_BUFFER, 12_288)
                .build();
        Finding leaked = new Finding(3, MemoryKind.DRAM, 0, 36_864, 36_864, 4_096, Verdict.LEAKED);
        CacheRelease cache = new CacheRelease(2, 2, held, "a trace is live " + ODD, false, List.of(), 1, 0);
        CheckEntry check = new CheckEntry(
                subject(ODD, Subject.Scope.TEST),
                5_000,
                9_000,
                CheckEntry.TestResult.FAILED,
                Verdict.LEAKED,
                List.of(leaked, leaked.withVerdict(Verdict.KNOWN)),
                MemoryTotals.NONE,
                held,
                cache,
                new CheckCost(1, 2, 3, 4, 5),
                List.of(ODD));
        return new RunRecord(
                4711,
                STARTED,
                0,
                false,
                ODD,
                List.of(ODD),
                List.of(new SettingInForce(ODD, ODD, ODD)),
                List.of(check, check("b", Verdict.INCONCLUSIVE, 10_000)),
                List.of(
                        new Failure(check.subject(), Failure.Kind.LEAK, ODD, true, Optional.of(leak(leaked, cache)), 7),
                        new Failure(
                                subject("b", Subject.Scope.TEST),
                                Failure.Kind.UNCHECKED,
                                ODD,
                                false,
                                Optional.empty(),
                                0)),
                3,
                List.of(new LateRelease(check.subject(), subject("b", Subject.Scope.TEST), held)),
                4,
                List.of(new WaiverUse(
                        new Waiver(
                                new TestPlace(ODD, ODD),
                                Baseline.ALL_DEVICES,
                                ODD,
                                "",
                                OptionalLong.empty(),
                                Optional.empty()),
                        "used")),
                new LedgerEnd(
                        List.of(
                                new Holding(
                                        Optional.empty(),
                                        false,
                                        4712,
                                        ODD,
                                        new MemoryPool(3, MemoryKind.L1_SMALL),
                                        Long.MAX_VALUE,
                                        2),
                                new Holding(
                                        Optional.of(check.subject()),
                                        true,
                                        0,
                                        "",
                                        new MemoryPool(3, MemoryKind.DRAM),
                                        4_096,
                                        0)),
                        5,
                        ODD));
    }

    private static LeakReport leak(Finding leaked, CacheRelease cache) {
        return new LeakReport(
                Subjects.test(ODD),
                5_000,
                List.of(leaked),
                List.of(new DeviceBuffer(3, MemoryKind.DRAM, -1, -1, 2, 3, 4712, 17, 6_000)),
                Map.of(4712, ODD),
                List.of(new EndedProcess(4713, ODD, 2, cache.released())),
                cache,
                List.of(ODD),
                List.of(new Diagnosis("mesh-skew", ODD, ODD, List.of(ODD))),
                "4f1c9a",
                new Measurement(Duration.ofMillis(3), 1, ODD, ODD),
                "target/tt-memory-check/odd name.dump.txt");
    }
}
