package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.baseline.RecordedBaseline;
import io.github.ttmemorycheck.internal.check.Clearables.NamedCache;
import io.github.ttmemorycheck.internal.devices.WatchedCall;
import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.process.ProcessTree;
import io.github.ttmemorycheck.internal.runreport.LedgerEnd;
import io.github.ttmemorycheck.internal.runreport.RunRecord;
import io.github.ttmemorycheck.internal.runreport.RunRecorder;
import io.github.ttmemorycheck.internal.settings.Mode;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.settings.Settings;
import io.github.ttmemorycheck.internal.sites.AllocationSites;
import io.github.ttmemorycheck.internal.sources.TrackerChoice;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.tracker.NothingTracked;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all checks of one run share. Made by the first annotated class, so that a run without one starts nothing.
 * Thread-safe: the tracker is opened under the lock of this object.
 */
public final class Run implements AutoCloseable {

    private static final String OFF = SettingKeys.MODE + "=off";

    private final Settings settings;
    private final Log log = Log.ofLibrary();
    private final Ledger ledger = new Ledger();
    private final ProcessTree processes = new ProcessTree();
    private final WaiverBook waivers = new WaiverBook();
    private final Session session;
    private final Coverage coverage;
    private final SmallSets smallSets = new SmallSets();
    private final Garbage garbage = new Garbage();
    private final OpenChecks openChecks = new OpenChecks();
    private final LateReleases late = new LateReleases(this);
    private final RecordedBaseline recorded;
    private final Map<Object, Rules> rules = new ConcurrentHashMap<>();
    private final Map<String, Long> unmeasured = new ConcurrentHashMap<>();
    private final AtomicBoolean saidOff = new AtomicBoolean();
    private final AtomicLong testsJudged = new AtomicLong();
    private final AtomicBoolean absentSaid = new AtomicBoolean();
    private final RunRecorder recorder;
    private final Consumer<RunRecord> report;
    private @Nullable MemoryTracker tracker;
    private @Nullable SharedMemory shared;
    private volatile List<TtDevice> devices = List.of();
    private volatile OptionalLong watchedUntil = OptionalLong.empty();
    private String choice = "";

    /** Begins a run of a session; {@code report} takes the record when the run ends. */
    public Run(Settings settings, Session session, RunRecorder recorder, Consumer<RunRecord> report) {
        this.settings = settings;
        this.session = session;
        this.coverage = new Coverage(session);
        this.recorder = recorder;
        this.report = report;
        this.recorded = new RecordedBaseline(settings.baselineFile().orElse(null), settings.baselineRecord());
        WatchedCall.bound(settings.deviceTimeout(), SettingKeys.DEVICE_TIMEOUT);
        AllocationSites.record(settings.sites() && settings.mode() != Mode.OFF);
        settings.inForce()
                .forEach(setting ->
                        log.debug(() -> setting.key() + " = " + setting.value() + " (" + setting.origin() + ")"));
    }

    public Settings settings() {
        return settings;
    }

    public Log log() {
        return log;
    }

    public RunRecorder recorder() {
        return recorder;
    }

    Ledger ledger() {
        return ledger;
    }

    Session session() {
        return session;
    }

    Coverage coverage() {
        return coverage;
    }

    WaiverBook waivers() {
        return waivers;
    }

    SmallSets smallSets() {
        return smallSets;
    }

    LateReleases late() {
        return late;
    }

    Garbage garbage() {
        return garbage;
    }

    OpenChecks openChecks() {
        return openChecks;
    }

    RecordedBaseline recorded() {
        return recorded;
    }

    ProcessTree processes() {
        return processes;
    }

    /** Returns the day it is, for waivers that end. */
    LocalDate today() {
        return LocalDate.ofInstant(InstantSource.system().instant(), ZoneId.systemDefault());
    }

    /**
     * Returns what a test or class is judged by.
     *
     * @param key equal for subjects that are judged by the same rules
     * @param read reads what is stated, at the first call; what it throws is thrown here
     */
    public Rules rules(Object key, Subject subject, Supplier<Stated> read) {
        return rules.computeIfAbsent(key, unseen -> {
            Stated stated = read.get();
            waivers.state(stated.waivers());
            List<BaselineLevel> levels = new ArrayList<>(stated.onMethod());
            recorded.level(subject).ifPresent(levels::add);
            levels.addAll(stated.onClasses());
            return new Rules(stated, new Baseline(levels, settings.baseline()::of));
        });
    }

    /**
     * Returns the tracker, opened at the first call. A server of this JVM stays open as long as that, and is handed
     * over when it ends: a native client that outlives its server is killed at its next event.
     *
     * @throws io.github.ttmemorycheck.snapshot.TrackerException when none can be opened
     */
    public synchronized MemoryTracker tracker() {
        MemoryTracker open = tracker;
        if (open == null) {
            TrackerChoice.Chosen chosen = new TrackerChoice(settings.tracker(), processes, () -> devices).open();
            open = chosen.tracker();
            tracker = open;
            shared = new SharedMemory(open, processes, log);
            SharedScope.begin(shared);
            choice = settings.tracker().isAuto() ? " (auto: " + chosen.reason() + ")" : "";
            log.info("device memory is tracked by the " + open.description() + "; chosen since " + chosen.reason());
        }
        return open;
    }

    /**
     * Returns what tests look at by themselves. Where nothing is checked that is nothing, and no tracker is opened for
     * it: the tests of a run that was turned off are to pass by what they do themselves.
     *
     * @throws io.github.ttmemorycheck.snapshot.TrackerException when a tracker is needed and none can be opened
     */
    MemoryTracker lookedAt() {
        if (settings.mode() != Mode.OFF) {
            return tracker();
        }
        if (saidOff.compareAndSet(false, true)) {
            log.warn("DeviceMemory shows nothing in this run, and tests that look for memory find none: " + OFF);
        }
        return new NothingTracked(OFF);
    }

    /** Returns what a test or class has that can be cleared; devices of it that can say what they hold are asked. */
    public Clearables knowing(List<TtDevice> known, List<NamedCache> caches, List<NamedCache> passing) {
        Clearables clearables = Clearables.of(known, caches, passing, log);
        devices =
                clearables.devices().stream().filter(KnowingDevices::canSayMore).toList();
        return clearables;
    }

    /** Returns what is shared by design. */
    synchronized SharedMemory shared() {
        tracker();
        return Objects.requireNonNull(shared);
    }

    /** Returns what tracks the memory, and why it was chosen. */
    synchronized String trackedBy() {
        return tracker().description() + choice;
    }

    /** Says once what sources that are not there could have told: it is worth knowing once something has leaked. */
    void sayWhatIsAbsent() {
        if (absentSaid.compareAndSet(false, true)) {
            tracker().absent().forEach(log::info);
        }
    }

    /** Notes that a test was told why it could not be measured. */
    void said(TrackerException why) {
        unmeasured.put(why.reason(), System.nanoTime());
    }

    /** Returns whether the message of a test has said that since a time, so that its class need not repeat it. */
    boolean hasSaid(TrackerException why, long sinceNanos) {
        Long said = unmeasured.get(why.reason());
        return said != null && said - sinceNanos >= 0;
    }

    /** Notes that a test is disabled, be it one invocation of it. */
    public void disabled(Subject test) {
        coverage.missed(test);
    }

    /** Counts a test that was judged. */
    void testJudged() {
        testsJudged.incrementAndGet();
    }

    long testsJudged() {
        return testsJudged.get();
    }

    /** Notes how much the tracker had seen when the tests of a class were through. */
    void watched(long activity) {
        watchedUntil = OptionalLong.of(activity);
    }

    /** Returns how much the tracker had seen when the tests of the last class were through; empty before that. */
    OptionalLong watchedUntil() {
        return watchedUntil;
    }

    /**
     * Ends the run: says what became of the waivers, writes the recorded baseline and the report, and ends what the
     * tracker started. A server of this JVM stays open.
     */
    @Override
    public synchronized void close() {
        try {
            waivers.summary().forEach(log::info);
            debugWhatIsAbsent();
            write();
        } finally {
            if (tracker != null) {
                closeShared();
                TrackerChoice.close(tracker);
            }
        }
    }

    private void debugWhatIsAbsent() {
        MemoryTracker open = tracker;
        if (open != null && absentSaid.compareAndSet(false, true)) {
            open.absent().forEach(absence -> log.debug(() -> absence));
        }
    }

    private void closeShared() {
        SharedMemory known = shared;
        if (known != null) {
            SharedScope.end(known);
            known.close();
        }
    }

    /** Writes the report, even where the recorded baseline cannot be written. */
    private void write() {
        try {
            coverage.inPart().forEach(recorded::ranInPart);
            recorded.close();
        } finally {
            MemoryTracker open = tracker;
            if (recorder.isOn()) {
                report.accept(recorder.record(
                        true,
                        open == null ? "" : trackedBy(),
                        waivers.uses(),
                        open == null
                                ? LedgerEnd.unknown("there was no tracker")
                                : LedgerReading.read(open, ledger, shared())));
            }
        }
    }
}
