package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.process.ProcessTree;
import io.github.ttmemorycheck.internal.runreport.LedgerEnd;
import io.github.ttmemorycheck.internal.sites.AllocationSites;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What all checks of one run share. Made by the first annotated class, so that a run without one starts nothing.
 * Thread-safe: the tracker is opened under the lock of this object.
 */
final class Run implements AutoCloseable {

    private final Settings settings;
    private final Log log = Log.of("io.github.ttmemorycheck");
    private final Ledger ledger = new Ledger();
    private final ProcessTree processes = new ProcessTree();
    private final DeviceFinder devices = new DeviceFinder(log);
    private final WaiverBook waivers = new WaiverBook();
    private final SmallSets smallSets = new SmallSets();
    private final RecordedBaseline recorded;
    private final Map<Rules.Key, Rules> rules = new ConcurrentHashMap<>();
    private final AtomicLong testsJudged = new AtomicLong();
    private @Nullable MemoryTracker tracker;
    private String choice = "";
    private final RunRecorder recorder;

    private Run(Settings settings, RunRecorder recorder) {
        this.settings = settings;
        this.recorder = recorder;
        this.recorded = new RecordedBaseline(settings.baselineFile().orElse(null), settings.baselineRecord());
    }

    static Run of(ExtensionContext context) {
        return ContextStore.keep(context.getRoot(), "run", Run.class, () -> open(context));
    }

    private static Run open(ExtensionContext context) {
        SettingsReader reader = new SettingsReader(context::getConfigurationParameter, ConfigurationNames.of(context));
        Settings settings = reader.read();
        Run run = new Run(settings, RecorderChoice.of(context, settings, reader.inForce()));
        AllocationSites.record(run.settings.sites());
        reader.inForce()
                .forEach(setting ->
                        run.log.debug(() -> setting.name() + " = " + setting.value() + " (" + setting.source() + ")"));
        return run;
    }

    /** Returns what collects the report of the run. */
    RunRecorder recorder() {
        return recorder;
    }

    Settings settings() {
        return settings;
    }

    Log log() {
        return log;
    }

    Ledger ledger() {
        return ledger;
    }

    DeviceFinder devices() {
        return devices;
    }

    WaiverBook waivers() {
        return waivers;
    }

    /** Returns which small sets of L1 the tests of the run left. */
    SmallSets smallSets() {
        return smallSets;
    }

    RecordedBaseline recorded() {
        return recorded;
    }

    /** Returns what a test or class is judged by, read at the first call; a mistake in it is thrown. */
    Rules rules(ExtensionContext context, CheckConfiguration code) {
        return rules.computeIfAbsent(Rules.Key.of(context, code), key -> {
            Rules read = Rules.read(this, context, code);
            waivers.state(read.waivers());
            return read;
        });
    }

    /** Returns the day it is, for waivers that end. */
    LocalDate today() {
        return LocalDate.ofInstant(InstantSource.system().instant(), ZoneId.systemDefault());
    }

    /** Returns which processes belong to this run. */
    ProcessTree processes() {
        return processes;
    }

    /**
     * Returns the tracker, opened at the first call. A server of this JVM stays open as long as that: a native client that
     * outlives its server is killed at its next event.
     */
    synchronized MemoryTracker tracker() {
        MemoryTracker open = tracker;
        if (open == null) {
            TrackerChoice.Chosen chosen = new TrackerChoice(settings.tracker(), processes, System.getenv()).open();
            open = chosen.tracker();
            tracker = open;
            choice = settings.tracker().kind() == TrackerKind.AUTO ? " (auto: " + chosen.reason() + ")" : "";
            log.info("device memory is tracked by the " + open.description() + "; chosen since " + chosen.reason());
        }
        return open;
    }

    /** Says what tracks the memory, and why it was chosen. */
    synchronized String trackedBy() {
        return tracker().description() + choice;
    }

    /** Notes that a test was judged. */
    void testJudged() {
        testsJudged.incrementAndGet();
    }

    long testsJudged() {
        return testsJudged.get();
    }

    /**
     * Ends the run: says what became of the waivers, writes the recorded baseline, and ends what the tracker started. A
     * server of this JVM stays open.
     */
    @Override
    public synchronized void close() {
        try {
            waivers.summary().forEach(log::info);
            write();
        } finally {
            if (tracker != null) {
                TrackerChoice.close(tracker);
            }
        }
    }

    /** Writes the report, even where the recorded baseline cannot be written. */
    private void write() {
        try {
            recorded.close();
        } finally {
            report();
        }
    }

    private void report() {
        if (recorder.isOn()) {
            MemoryTracker open = tracker;
            RunReports.OF_THIS_JVM.closed(
                    recorder,
                    recorder.record(
                            true,
                            open == null ? "" : trackedBy(),
                            waivers.uses(),
                            open == null
                                    ? LedgerEnd.unknown("there was no tracker")
                                    : LedgerReading.read(open, ledger)));
        }
    }
}
