package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.internal.text.BufferList;
import io.github.ttmemorycheck.internal.text.ProcessNames;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The buffers that make up a leak. Those of memory that passes are only counted. */
final class LeftBuffers {

    private final LeakReport report;
    private final long ownProcessId;
    private final List<DeviceBuffer> failing = new ArrayList<>();
    private final List<DeviceBuffer> passing = new ArrayList<>();

    LeftBuffers(LeakReport report, long ownProcessId) {
        this.report = report;
        this.ownProcessId = ownProcessId;
        Set<MemoryPool> leaked = report.findings().stream()
                .filter(finding -> finding.verdict().fails())
                .map(Finding::pool)
                .collect(Collectors.toSet());
        for (DeviceBuffer buffer : report.buffers()) {
            boolean fails = leaked.contains(buffer.pool());
            (fails || !report.fails() ? failing : passing).add(buffer);
        }
    }

    /** Returns whether the lines have a heading, beside which the fingerprint stands. */
    boolean areKnown() {
        return !failing.isEmpty();
    }

    /** The lines; none when nothing was left. */
    List<String> lines() {
        boolean left = report.findings().stream().anyMatch(finding -> finding.left() > 0);
        if (!left && report.buffers().isEmpty()) {
            return List.of();
        }
        if (failing.isEmpty()) {
            return Wrapping.hanging(
                    Wrapping.INDENT + "buffers: ",
                    "not known, since the tracker knows totals only; " + SettingKeys.TRACKER
                            + "=embedded knows each of them");
        }
        return new BufferList(
                        failing,
                        new ProcessNames(report.commands(), ownProcessId),
                        Optional.of(new BufferList.Since(
                                report.subject().wholeClass() ? "the class" : "the test", report.startedAtNanos())))
                .lines("", fingerprint(report), notListed());
    }

    private List<String> notListed() {
        List<String> lines = new ArrayList<>();
        if (!passing.isEmpty()) {
            lines.add("not listed, since within the baseline: " + BufferList.amount(passing, ""));
        }
        MemoryTotals.Builder known = MemoryTotals.builder();
        failing.forEach(known::add);
        MemoryTotals.Builder left = MemoryTotals.builder();
        report.findings().stream()
                .filter(finding -> finding.verdict() == Verdict.LEAKED)
                .forEach(finding -> left.add(finding.pool(), finding.left()));
        MemoryTotals unknown = left.build().risenSince(known.build());
        if (!unknown.isZero()) {
            lines.add("not listed, since known in totals only: "
                    + Wording.list(Amount.texts(unknown, unknown.devices())));
        }
        return lines;
    }

    static String fingerprint(LeakReport report) {
        return report.fingerprint().isEmpty() ? "" : "fingerprint " + report.fingerprint();
    }
}
