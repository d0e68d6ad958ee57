package io.github.ttmemorycheck.internal.diagnosis;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.text.Amount;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rules that repeat what a device or a tracker said. */
final class FactRules {

    private static final Set<MemoryKind> OF_CORES = Set.of(MemoryKind.L1, MemoryKind.CIRCULAR_BUFFER);
    private static final int OWNERS = 3;
    private static final String SHARE =
            "or, where tests share it on purpose, open it within SharedDeviceMemory.open(\"...\")";

    private FactRules() {}

    /** A captured trace is alive, under which a program cache cannot be cleared: that is unsafe. */
    static Optional<Diagnosis> traceAlive(String rule, Evidence evidence) {
        List<Finding> live = evidence.findings().stream()
                .filter(finding -> finding.kind() == MemoryKind.TRACE && finding.after() > 0)
                .toList();
        // Growth is judged without the kinds that did not grow: a trace may well be in memory of its own then.
        long traces = evidence.grew() ? 0 : evidence.cache().traces();
        boolean kept = !evidence.cache().notCleared().isEmpty();
        if (live.isEmpty() ? traces == 0 : !kept) {
            return Optional.empty();
        }
        Set<MemoryKind> explained = EnumSet.of(MemoryKind.TRACE);
        if (live.isEmpty() && isOfATrace(evidence, traces)) {
            explained.add(MemoryKind.DRAM);
        }
        explained.retainAll(evidence.failingKinds());
        String trace = live.isEmpty()
                ? "The device reports " + ByteSize.format(traces)
                        + " of traces, and no TRACE memory is reported, so they lie in DRAM"
                : evidence.amounts(live, Finding::after) + " is live";
        CacheRelease cache = evidence.cache();
        String programs = Wording.programs(cache.programs(), cache.uncounted(), cache.devices());
        return Optional.of(new Diagnosis(
                rule,
                "a captured trace is still alive" + (kept ? ", so the program cache was not cleared" : ""),
                trace
                        + (!kept
                                ? "."
                                : (live.isEmpty() ? "; the cache keeps " : ", and the cache keeps ") + programs + "."),
                List.of("release the captured trace before the test ends"
                        + (kept ? "; then the cache is cleared, too" : "")),
                explained));
    }

    /**
     * What is less than a device's share of the traces is no new trace, and what is more than they and their programs
     * belongs to somebody else as well.
     */
    private static boolean isOfATrace(Evidence evidence, long traces) {
        long share = traces / Math.max(1, evidence.devices().size());
        return evidence.failing(MemoryKind.DRAM).stream()
                .mapToLong(Finding::left)
                .allMatch(left -> left >= share && left <= ByteSize.sum(traces, CachedPrograms.LARGEST));
    }

    /**
     * A device was not closed. Closing one gives back all that it holds (measured: nothing is left after the mesh is
     * closed), so what is live after a class is on an open device. A single test's device may well stay open: there it
     * must be a known one that was not open when the test began, or more is asked: no device is known, nothing was
     * allocated anywhere before the test, and it left both what programs hold in DRAM and what they hold in L1.
     */
    static Optional<Diagnosis> deviceLeftOpen(String rule, Evidence evidence) {
        List<Finding> left = evidence.failing(finding -> true);
        int open = evidence.cache().devices();
        if (left.isEmpty() || !evidence.grown().isEmpty() || evidence.viewsAdded()) {
            return Optional.empty();
        }
        if (evidence.wholeClass() && open == 0 && evidence.closedDevices() > 0) {
            return Optional.of(closedWithoutFrees(rule, evidence));
        }
        if (evidence.wholeClass()) {
            return Optional.of(new Diagnosis(
                    rule,
                    "a device is still open after the class",
                    open > 0
                            ? Wording.count(open, "device") + " of the class " + (open == 1 ? "is" : "are")
                                    + " open after @AfterAll, and a closed one holds nothing."
                            : "A closed device holds nothing, and no field of the class holds an open one, so it is a"
                                    + " device that the check does not know.",
                    List.of("close the device in @AfterAll"),
                    evidence.failingKinds()));
        }
        boolean fresh = evidence.findings().stream().allMatch(finding -> finding.before() == 0);
        List<OpenedDevice> told =
                evidence.opened().stream().filter(OpenedDevice::wasClosed).toList();
        if (!told.isEmpty() || (fresh && !evidence.opened().isEmpty())) {
            List<OpenedDevice> opened = told.isEmpty() ? evidence.opened() : told;
            return Optional.of(openedInTest(rule, evidence, opened, fresh));
        }
        boolean both = evidence.failingKinds().contains(MemoryKind.DRAM)
                && evidence.failingKinds().stream().anyMatch(OF_CORES::contains);
        if (open > 0 || !fresh || !both) {
            return Optional.empty();
        }
        return Optional.of(new Diagnosis(
                rule,
                "a device that the test opened is still open",
                "Nothing was allocated on any device before it, no open device is known to the check, and it left "
                        + evidence.amounts(left, Finding::left) + ".",
                List.of(
                        "close the device before the test ends, or make it known to the check: in a field of"
                                + " the test class, or by a TtDeviceProvider",
                        SHARE),
                evidence.failingKinds()));
    }

    /** Where something was held before, part of what is left may belong to that. */
    private static Diagnosis openedInTest(String rule, Evidence evidence, List<OpenedDevice> opened, boolean fresh) {
        boolean one = opened.size() == 1;
        String which = one ? opened.get(0).type() : Wording.count(opened.size(), "device");
        String before = opened.get(0).wasClosed()
                ? (one ? "It said that it was" : "They said that they were") + " closed when the test began, and that "
                        + (one ? "it is" : "they are") + " open when the test had ended"
                : (one ? "It was" : "They were") + " not known to the check when the test began, and nothing was"
                        + " allocated on any device then";
        return new Diagnosis(
                rule,
                which + (one ? " was" : " were") + " opened in this test and " + (one ? "is" : "are") + " still open",
                before + "; what an open device holds stays until it is closed.",
                List.of("close " + (one ? which : "the devices") + " before the test ends", SHARE),
                fresh ? evidence.failingKinds() : Set.of());
    }

    /** The class's own device says that it is closed: then nobody holds this, and its frees were not reported. */
    private static Diagnosis closedWithoutFrees(String rule, Evidence evidence) {
        return new Diagnosis(
                rule,
                "frees of a device that is closed were not reported",
                "The class has " + Wording.count(evidence.closedDevices(), "device") + ", closed, and a closed device"
                        + " holds nothing; the frees of what it held did not reach the tracker.",
                List.of("have the binding name its devices in TtDevice.deviceIds(), so that what a closed one held is"
                        + " known to be gone"),
                evidence.failingKinds());
    }

    /** A process ended while it held memory: no leak, but whoever worked with it may have been cut short. */
    static Optional<Diagnosis> processEnded(String rule, Evidence evidence) {
        if (evidence.ended().isEmpty()) {
            return Optional.empty();
        }
        EndedProcess first = evidence.ended().get(0);
        int others = evidence.ended().size() - 1;
        return Optional.of(new Diagnosis(
                rule,
                "a process ended before it had freed what it held",
                "Process " + first.processId() + " held " + held(evidence, first) + " when it ended"
                        + (others == 0 ? "" : ", and " + Wording.count(others, "more process") + " ended like that")
                        + "."
                        + survivors(evidence),
                List.of("find out why the process ended; have it close its device first")));
    }

    private static String held(Evidence evidence, EndedProcess process) {
        if (process.buffers() > 0) {
            return Wording.count(process.buffers(), "buffer");
        }
        List<String> amounts = Amount.texts(process.held(), evidence.devices());
        return amounts.isEmpty() ? "memory" : Wording.list(amounts);
    }

    private static String survivors(Evidence evidence) {
        NavigableSet<Integer> owners = new TreeSet<>();
        evidence.buffers().stream().map(DeviceBuffer::processId).forEach(owners::add);
        if (owners.isEmpty() || owners.size() > OWNERS) {
            return "";
        }
        List<String> pids = owners.stream().map(owner -> "pid " + owner).toList();
        return " What is left belongs to " + Wording.list(pids) + ", which " + (pids.size() == 1 ? "is" : "are")
                + " still running.";
    }

    /** Part of the test's memory was freed only by the garbage collector, or some time after the test had ended. */
    static Optional<Diagnosis> freedLate(String rule, Evidence evidence) {
        long collected = evidence.late().byCollection();
        long settled = evidence.late().whileSettling();
        long background = evidence.late().inBackground();
        if (collected <= 0 && settled <= 0 && background <= 0) {
            return Optional.empty();
        }
        List<String> facts = new ArrayList<>();
        List<String> fixes = new ArrayList<>();
        if (collected > 0) {
            facts.add(ByteSize.format(collected)
                    + " was freed only by a garbage collection; something still refers to what is left.");
            fixes.add("close what owns device memory, for example in try (...), and do not leave it to the collector");
        }
        if (background > 0) {
            facts.add(ByteSize.format(background) + " was freed in the background after the test had ended.");
            fixes.add("wait in the test for what frees memory in the background");
        }
        if (settled > 0) {
            facts.add(ByteSize.format(settled) + " was freed while the check waited, after the test had ended.");
            fixes.add("wait in the test for what frees memory in the background, or raise " + SettingKeys.SETTLE);
        }
        return Optional.of(new Diagnosis(
                rule,
                collected > 0 ? "memory is left to the garbage collector" : "memory is freed late",
                String.join(" ", facts),
                fixes));
    }
}
