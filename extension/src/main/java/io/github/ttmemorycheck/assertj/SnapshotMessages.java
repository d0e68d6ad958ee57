package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Remedies.call;
import static io.github.ttmemorycheck.assertj.Remedies.size;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.assertj.core.error.ErrorMessageFactory;

/** What the assertions on a snapshot say when they fail. */
final class SnapshotMessages {

    private static final String FREE_IT = "free it before the snapshot is taken";

    private SnapshotMessages() {}

    static ErrorMessageFactory shouldHoldNothing(MemorySnapshot snapshot) {
        Memory allocated = Memory.allocatedIn(snapshot);
        return new PlainMessage(
                "Nothing should be allocated, but there is " + Figures.sentence(allocated),
                Figures.buffers(allocated),
                FREE_IT,
                "sinceSnapshot(earlier).isClean() looks only at what is new");
    }

    static ErrorMessageFactory shouldHaveAllocated(
            int device, MemoryKind kind, long expected, MemorySnapshot snapshot) {
        Memory allocated = Memory.allocatedIn(snapshot).on(device, kind);
        long found = allocated.bytes(device, kind);
        return new PlainMessage(
                "Exactly " + Figures.amount(expected) + " of " + kind + " should be allocated on device " + device
                        + ", but there is " + Figures.amountOrNothing(found),
                Figures.unknownDevice(allocated, device) + Figures.buffers(allocated),
                "allocate or free before the snapshot what the test means to",
                call("hasAllocated", device, kind, size(found)));
    }

    static ErrorMessageFactory shouldHaveAllocatedAtMost(MemoryKind kind, long limit, MemorySnapshot snapshot) {
        Memory allocated = Memory.allocatedIn(snapshot).over(kind, limit);
        String toAllow = call("hasAllocatedAtMost", kind, size(allocated.most(kind)));
        return atMost(limit, kind, "each device", allocated, toAllow);
    }

    static ErrorMessageFactory shouldHaveAllocatedAtMost(
            int device, MemoryKind kind, long limit, MemorySnapshot snapshot) {
        Memory allocated = Memory.allocatedIn(snapshot).on(device, kind);
        String toAllow = call("hasAllocatedAtMost", device, kind, size(allocated.bytes(device, kind)));
        return atMost(limit, kind, "device " + device, allocated, toAllow);
    }

    private static ErrorMessageFactory atMost(
            long limit, MemoryKind kind, String where, Memory allocated, String toAllow) {
        return new PlainMessage(
                "At most " + Figures.amount(limit) + " of " + kind + " should be allocated on " + where
                        + ", but there is " + Figures.sentence(allocated),
                Figures.buffers(allocated),
                FREE_IT,
                toAllow);
    }

    static ErrorMessageFactory shouldHaveNoMemoryOf(MemoryKind kind, MemorySnapshot snapshot) {
        Memory allocated = Memory.allocatedIn(snapshot).of(kind);
        return new PlainMessage(
                "No " + kind + " memory should be allocated, but there is " + Figures.sentence(allocated),
                Figures.buffers(allocated),
                FREE_IT,
                call("hasAllocatedAtMost", kind, size(allocated.most(kind))));
    }

    static ErrorMessageFactory shouldHaveDevices(NavigableSet<Integer> expected, MemorySnapshot snapshot) {
        NavigableSet<Integer> actual = snapshot.devices();
        return new PlainMessage("There should be figures for " + Figures.devices(expected) + ", but there are for "
                + Figures.devices(actual)
                + "\n  missing:    " + Figures.devices(without(expected, actual))
                + "\n  unexpected: " + Figures.devices(without(actual, expected))
                + "\n  to fix:     open the missing devices with TT_ALLOC_TRACKING_ENABLED=1 set,"
                + " or state those there are");
    }

    private static NavigableSet<Integer> without(NavigableSet<Integer> all, NavigableSet<Integer> those) {
        NavigableSet<Integer> rest = new TreeSet<>(all);
        rest.removeAll(those);
        return rest;
    }
}
