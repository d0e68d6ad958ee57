package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.device.TtDevice;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Collects what one run has to report. Every test adds to it, so it keeps little, and what is equal only once.
 *
 * <p>Thread-safe: one lock guards all lists; whoever ends the JVM from outside reads them from another thread.
 */
public final class RunRecorder {

    /** Failures beyond these are counted, not kept: their texts and buffers are what takes room. */
    static final int FAILURES = 500;

    static final int BUFFERS_OF_A_FAILURE = 200;
    static final int LATE_RELEASES = 1_000;

    private final boolean on;
    private final boolean planned;
    private final Instant startedAt;
    private final long startNanos = System.nanoTime();
    private final List<RunSetting> settings;
    private final Set<Class<?>> deviceTypes = ConcurrentHashMap.newKeySet();
    private final List<CheckEntry> checks = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final List<LateRelease> lateReleases = new ArrayList<>();
    private int moreFailures;
    private int moreLateReleases;
    private MemoryTotals lastTotals = MemoryTotals.NONE;
    private CacheRelease lastCache = CacheRelease.NO_DEVICE;

    /**
     * Starts to record.
     *
     * @param on whether anything is kept
     * @param planned whether the run is one of the launcher's own, whose user reads its output
     * @param startedAt the moment
     * @param settings in force
     */
    public RunRecorder(boolean on, boolean planned, Instant startedAt, List<RunSetting> settings) {
        this.on = on;
        this.planned = planned;
        this.startedAt = startedAt;
        this.settings = List.copyOf(settings);
    }

    public boolean isOn() {
        return on;
    }

    public boolean isPlanned() {
        return planned;
    }

    public void devices(Collection<TtDevice> open) {
        for (TtDevice device : open) {
            deviceTypes.add(device.getClass());
        }
    }

    public synchronized void add(CheckEntry check) {
        if (on) {
            checks.add(check);
        }
    }

    /** Returns an equal object that is kept already, if the one asked for before is. */
    public synchronized MemoryTotals once(MemoryTotals totals) {
        if (!totals.equals(lastTotals)) {
            lastTotals = totals;
        }
        return lastTotals;
    }

    /** Returns an equal object that is kept already, if the one asked for before is. */
    public synchronized CacheRelease once(CacheRelease cache) {
        if (!cache.equals(lastCache)) {
            lastCache = cache;
        }
        return lastCache;
    }

    /** Notes what a test or class was told. */
    public synchronized void failed(
            Subject subject, Failure.Kind kind, String message, Optional<LeakReport> leak, boolean fails) {
        if (!on) {
            return;
        }
        if (failures.size() >= FAILURES) {
            moreFailures++;
            return;
        }
        failures.add(new Failure(
                subject,
                kind,
                message,
                fails,
                leak.map(RunRecorder::capped),
                leak.map(report -> report.buffers().size()).orElse(0)));
    }

    private static LeakReport capped(LeakReport report) {
        return report.buffers().size() <= BUFFERS_OF_A_FAILURE
                ? report
                : report.withBuffers(report.buffers().subList(0, BUFFERS_OF_A_FAILURE));
    }

    public synchronized void lateRelease(Subject holder, Subject during, Collection<DeviceBuffer> freed) {
        if (!on) {
            return;
        }
        if (lateReleases.size() >= LATE_RELEASES) {
            moreLateReleases++;
            return;
        }
        MemoryTotals.Builder totals = MemoryTotals.builder();
        freed.forEach(buffer -> totals.add(buffer.device(), buffer.kind(), buffer.size()));
        lateReleases.add(new LateRelease(holder.name(), during.name(), totals.build()));
    }

    public synchronized RunRecord record(boolean complete, String tracker, List<WaiverUse> waivers, LedgerEnd ledger) {
        return new RunRecord(
                ProcessHandle.current().pid(),
                startedAt,
                startNanos,
                complete,
                tracker,
                deviceTypes.stream().map(Class::getSimpleName).sorted().toList(),
                settings,
                checks,
                failures,
                moreFailures,
                lateReleases,
                moreLateReleases,
                waivers,
                ledger);
    }
}
