package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.check.Clearables.NamedCache;
import io.github.ttmemorycheck.internal.devices.DeviceViews;
import io.github.ttmemorycheck.internal.devices.WatchedCall;
import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.sites.FreeWitness;
import io.github.ttmemorycheck.internal.sites.FreeWitness.By;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.report.OtherCache;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Clears the program caches of open devices and notes what that released.
 *
 * <p>What a device throws is warned of and said in the message, errors of its native library included: it is nothing
 * that the test did, and what the cache holds counts as left.
 *
 * <p>While a device tells that a captured trace is live, or memory of the kind TRACE is, nothing is cleared: a trace
 * refers to cached programs, and clearing the cache under it is unsafe. Nor is it where a device fails to tell, whose
 * binding can: then a trace may be live.
 */
record ProgramCaches(MemoryTracker tracker, Log log) {

    /** Counts the programs that the caches hold. */
    long programs(Clearables known) {
        return counted(known.devices()).programs();
    }

    /** Leaves the caches as they are, but for those that nobody knows any more once a test has ended. */
    CacheRelease keep(Clearables known, MemoryTracker.Mark mark) {
        return withNamed(count(known), known.passing(), mark);
    }

    /** Counts the programs of caches that are left as they are. */
    CacheRelease count(Clearables known) {
        List<TtDevice> open = known.devices();
        if (open.isEmpty()) {
            return CacheRelease.NO_DEVICE;
        }
        Counted counted = counted(open);
        return new CacheRelease(
                open.size(),
                counted.programs(),
                MemoryTotals.NONE,
                "",
                true,
                List.of(),
                counted.uncounted(),
                traces(open));
    }

    /** Clears the program caches, and then the caches that tests have named. */
    CacheRelease clear(Clearables known, MemoryTracker.Mark mark) {
        return withNamed(clearPrograms(known.devices(), known.devices(), mark), known.caches(), mark);
    }

    private CacheRelease withNamed(CacheRelease programs, List<NamedCache> named, MemoryTracker.Mark mark) {
        return named.isEmpty()
                ? programs
                : new CacheRelease(
                        programs.devices(),
                        programs.programs(),
                        programs.released(),
                        programs.notCleared(),
                        programs.kept(),
                        named.stream().map(cache -> clear(cache, mark)).toList(),
                        programs.uncounted(),
                        programs.traces());
    }

    private OtherCache clear(NamedCache cache, MemoryTracker.Mark mark) {
        SnapshotDiff before = tracker.since(mark);
        try (FreeWitness witness = FreeWitness.open()) {
            WatchedCall.run(cache.clear(), "clearing the cache '" + cache.name() + "'", cache.clear());
            return new OtherCache(cache.name(), released(before, tracker.since(mark), false, witness), "");
        } catch (TrackerException unmeasured) {
            throw unmeasured;
        } catch (Exception | LinkageError | AssertionError failed) {
            warn("clearing the cache '" + cache.name() + "' failed; what it holds counts as left", failed);
            return new OtherCache(cache.name(), MemoryTotals.NONE, "clearing it failed: " + Wording.thrown(failed));
        }
    }

    private void warn(String message, Throwable failed) {
        if (WatchedCall.isNews(failed)) {
            log.warn(message, failed);
        }
    }

    private CacheRelease clearPrograms(List<TtDevice> open, List<TtDevice> all, MemoryTracker.Mark mark) {
        if (open.isEmpty()) {
            return CacheRelease.NO_DEVICE;
        }
        SnapshotDiff before = tracker.since(mark);
        Counted counted = counted(open);
        long trace = before.after().of(MemoryKind.TRACE);
        List<DeviceViews.Traces> traces = all.stream().map(DeviceViews::traces).toList();
        long told = bytes(traces);
        if (trace > 0 || told > 0) {
            String where =
                    trace > 0 ? ByteSize.format(trace) + " of TRACE" : ByteSize.format(told) + ", says the device";
            String why = "a captured trace is live (" + where
                    + "), and clearing the program cache under it is unsafe; release the trace in the test";
            log.debug(() -> "the program cache was not cleared: " + why);
            return counted.release(MemoryTotals.NONE, why, told);
        }
        String unknown = traces.stream()
                .map(DeviceViews.Traces::failure)
                .filter(failure -> !failure.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
        if (!unknown.isEmpty()) {
            return counted.release(
                    MemoryTotals.NONE,
                    unknown + ": a captured trace may be live, and clearing the program cache under it is unsafe",
                    told);
        }
        String failures;
        MemoryTotals released;
        try (FreeWitness witness = FreeWitness.open()) {
            failures = open.stream().flatMap(device -> clear(device).stream()).collect(Collectors.joining("; "));
            // Where every cache was empty and this thread freed nothing, nothing went by the clearing.
            released = counted.areEmpty() && !witness.sawOpener()
                    ? MemoryTotals.NONE
                    : released(before, tracker.since(mark), counted.areEmpty(), witness);
        }
        log.debug(() -> "cleared the program cache of " + Wording.count(open.size(), "open device") + ": "
                + Wording.count(counted.programs(), "program") + ", " + released);
        return counted.release(released, failures, 0);
    }

    /**
     * Returns what went by the clearing: not what other threads freed meanwhile, and of an empty cache only what the
     * clearing thread itself freed.
     */
    private static MemoryTotals released(SnapshotDiff before, SnapshotDiff after, boolean empty, FreeWitness witness) {
        Gone gone = Gone.between(before, after);
        if (empty) {
            return gone.of(buffer -> witness.who(buffer) == By.OPENER);
        }
        MemoryTotals others = gone.of(buffer -> witness.who(buffer) == By.OTHER || witness.who(buffer) == By.COLLECTOR);
        return before.after()
                .risenSince(MemoryTotals.builder()
                        .addAll(after.after())
                        .addAll(others)
                        .build());
    }

    /** Clears the caches that are not known to be empty. */
    CacheRelease clearFilled(Clearables known, MemoryTracker.Mark mark) {
        List<TtDevice> open = known.devices();
        List<TtDevice> filled =
                open.stream().filter(device -> entries(device).orElse(1) > 0).toList();
        return filled.isEmpty()
                ? new CacheRelease(open.size(), 0, MemoryTotals.NONE, "", traces(open))
                : clearPrograms(filled, open, mark);
    }

    private static long traces(List<TtDevice> open) {
        return bytes(open.stream().map(DeviceViews::traces).toList());
    }

    private static long bytes(List<DeviceViews.Traces> traces) {
        return ByteSize.sum(traces.stream().mapToLong(DeviceViews.Traces::bytes));
    }

    /** Clears one cache, and returns why that failed, if it did. */
    private Optional<String> clear(TtDevice device) {
        try {
            WatchedCall.run(
                    device, device.getClass().getSimpleName() + ".clearProgramCache()", device::clearProgramCache);
            return Optional.empty();
        } catch (Exception | LinkageError | AssertionError failed) {
            String call = device.getClass().getSimpleName() + ".clearProgramCache() failed";
            warn(
                    call + "; what the cache holds counts as left. A device whose last operation failed refuses to"
                            + " clear: close it and open it again",
                    failed);
            return Optional.of(call + ": " + Wording.thrown(failed));
        }
    }

    /**
     * How many programs caches hold.
     *
     * @param uncounted how many of the devices do not tell
     */
    private record Counted(int devices, long programs, int uncounted) {

        boolean areEmpty() {
            return programs == 0 && uncounted == 0;
        }

        CacheRelease release(MemoryTotals released, String notCleared, long traces) {
            return new CacheRelease(devices, programs, released, notCleared, false, List.of(), uncounted, traces);
        }
    }

    private Counted counted(List<TtDevice> open) {
        List<OptionalLong> told = open.stream().map(this::entries).toList();
        long programs = told.stream().mapToLong(entries -> entries.orElse(0)).sum();
        return new Counted(open.size(), programs, (int)
                told.stream().filter(OptionalLong::isEmpty).count());
    }

    /** Returns how many programs a device's cache holds; empty when the device does not say, which is logged. */
    private OptionalLong entries(TtDevice device) {
        try {
            return OptionalLong.of(WatchedCall.of(
                    device,
                    device.getClass().getSimpleName() + ".numProgramCacheEntries()",
                    device::numProgramCacheEntries));
        } catch (Exception | LinkageError | AssertionError failed) {
            warn(
                    device.getClass().getSimpleName()
                            + ".numProgramCacheEntries() failed; its programs are not counted",
                    failed);
            return OptionalLong.empty();
        }
    }
}
