package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.devices.DeviceViews;
import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.CacheRelease;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Clears the program caches of open devices and notes what that released.
 *
 * <p>What a device throws is warned of and said in the message, errors of its native library included: it is nothing
 * that the test did, and what the cache holds counts as left.
 *
 * <p>While a device tells that a captured trace is live, or memory of the kind TRACE is, nothing is cleared: a trace
 * refers to cached programs, and clearing the cache under it is unsafe.
 */
record ProgramCaches(MemoryTracker tracker, Log log) {

    CacheRelease clear(List<TtDevice> open, MemoryTracker.Mark mark) {
        return clear(open, open, mark);
    }

    private CacheRelease clear(List<TtDevice> open, List<TtDevice> all, MemoryTracker.Mark mark) {
        if (open.isEmpty()) {
            return CacheRelease.NO_DEVICE;
        }
        SnapshotDiff before = tracker.since(mark);
        long programs = open.stream().mapToLong(this::entries).sum();
        long trace = before.after().of(MemoryKind.TRACE);
        long told = traces(all);
        if (trace > 0 || told > 0) {
            String where =
                    trace > 0 ? ByteSize.format(trace) + " of TRACE" : ByteSize.format(told) + ", says the device";
            String why = "a captured trace is live (" + where
                    + "), and clearing the program cache under it is unsafe; release the trace in the test";
            log.debug(() -> "the program cache was not cleared: " + why);
            return new CacheRelease(open.size(), programs, MemoryTotals.NONE, why, told);
        }
        String failures =
                open.stream().flatMap(device -> clear(device).stream()).collect(Collectors.joining("; "));
        MemoryTotals released = before.after().risenSince(tracker.since(mark).after());
        log.debug(() -> "cleared the program cache of " + open.size() + " open devices: " + programs + " programs, "
                + released);
        return new CacheRelease(open.size(), programs, released, failures);
    }

    /** Clears the caches that are not empty. */
    CacheRelease clearFilled(List<TtDevice> open, MemoryTracker.Mark mark) {
        List<TtDevice> filled =
                open.stream().filter(device -> entries(device) > 0).toList();
        return filled.isEmpty()
                ? new CacheRelease(open.size(), 0, MemoryTotals.NONE, "", traces(open))
                : clear(filled, open, mark);
    }

    private static long traces(List<TtDevice> open) {
        return ByteSize.sum(open.stream()
                .mapToLong(device -> DeviceViews.traceBuffersSize(device).orElse(0)));
    }

    /** Clears one cache, and returns why that failed, if it did. */
    private Optional<String> clear(TtDevice device) {
        try {
            device.clearProgramCache();
            return Optional.empty();
        } catch (Exception | LinkageError | AssertionError failed) {
            String call = device.getClass().getSimpleName() + ".clearProgramCache() failed";
            log.warn(
                    call + "; what the cache holds counts as left. A device whose last operation failed refuses to"
                            + " clear: close it and open it again",
                    failed);
            return Optional.of(call + ": " + failed);
        }
    }

    /** Returns how many programs a device's cache holds; 0 when the device does not say, which is logged. */
    private long entries(TtDevice device) {
        try {
            return device.numProgramCacheEntries();
        } catch (Exception | LinkageError | AssertionError failed) {
            log.warn(
                    device.getClass().getSimpleName()
                            + ".numProgramCacheEntries() failed; its programs are not counted",
                    failed);
            return 0;
        }
    }
}
