package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.settings.SettingInForce;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Collects what one run has to report. Every test adds to it, so it keeps little, and what is equal only once. One that
 * is off keeps nothing.
 *
 * <p>Thread-safe: the lock of this object guards all lists. Where the JVM is ended from outside, another thread reads
 * them while tests run.
 */
public final class RunRecorder {

    /** Failures beyond these are counted, not kept: their texts and buffers are what takes room. */
    private static final int FAILURES = 500;

    private static final int BUFFERS_OF_A_FAILURE = 200;
    private static final int LATE_RELEASES = 1_000;

    private final boolean on;
    private final Instant startedAt;
    private final long startNanos = System.nanoTime();
    private final List<SettingInForce> settings;
    private final TreeSet<String> deviceTypes = new TreeSet<>();
    private final List<CheckEntry> checks = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final List<LateRelease> lateReleases = new ArrayList<>();
    private int moreFailures;
    private int moreLateReleases;
    private MemoryTotals lastTotals = MemoryTotals.NONE;
    private CacheRelease lastCache = CacheRelease.NO_DEVICE;

    /** Starts to record; keeps nothing unless it is {@code on}. */
    public RunRecorder(boolean on, Instant startedAt, List<SettingInForce> settings) {
        this.on = on;
        this.startedAt = startedAt;
        this.settings = settings;
    }

    public boolean isOn() {
        return on;
    }

    /** Notes that a device was found open. */
    public synchronized void device(Class<?> type) {
        deviceTypes.add(type.getName());
    }

    /** Notes a check; totals that are equal to those before it, and an equal cache, are kept once. */
    public synchronized void add(CheckEntry check) {
        if (!on) {
            return;
        }
        MemoryTotals before = check.before().equals(lastTotals) ? lastTotals : check.before();
        lastTotals = check.after().equals(before) ? before : check.after();
        lastCache = check.cache().equals(lastCache) ? lastCache : check.cache();
        checks.add(new CheckEntry(
                check.subject(),
                check.startNanos(),
                check.endNanos(),
                check.result(),
                check.verdict(),
                check.findings(),
                before,
                lastTotals,
                lastCache,
                check.cost(),
                check.notes()));
    }

    /** Notes that a test or class did not pass the check; {@code leak} has the details of a leak or of growth. */
    public synchronized void failed(
            Subject subject, Failure.Kind kind, String message, Optional<LeakReport> leak, boolean fails) {
        if (!on) {
            return;
        }
        if (failures.size() >= FAILURES) {
            moreFailures++;
            return;
        }
        int buffers = leak.map(report -> report.buffers().size()).orElse(0);
        failures.add(new Failure(subject, kind, message, fails, leak.map(RunRecorder::capped), buffers));
    }

    private static LeakReport capped(LeakReport report) {
        return report.buffers().size() <= BUFFERS_OF_A_FAILURE
                ? report
                : report.withBuffers(report.buffers().subList(0, BUFFERS_OF_A_FAILURE));
    }

    /** Notes that buffers which one test or class left were freed during another. */
    public synchronized void lateRelease(Subject holder, Subject during, Collection<DeviceBuffer> freed) {
        if (!on) {
            return;
        }
        if (lateReleases.size() >= LATE_RELEASES) {
            moreLateReleases++;
            return;
        }
        MemoryTotals.Builder totals = MemoryTotals.builder();
        freed.forEach(totals::add);
        lateReleases.add(new LateRelease(holder, during, totals.build()));
    }

    /** Returns all that was noted. */
    public synchronized RunRecord record(boolean complete, String tracker, List<WaiverUse> waivers, LedgerEnd ledger) {
        return new RunRecord(
                ProcessHandle.current().pid(),
                startedAt,
                startNanos,
                complete,
                tracker,
                List.copyOf(deviceTypes),
                settings,
                List.copyOf(checks),
                List.copyOf(failures),
                moreFailures,
                List.copyOf(lateReleases),
                moreLateReleases,
                waivers,
                ledger);
    }
}
