package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Remedies.call;
import static io.github.ttmemorycheck.assertj.Remedies.size;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.error.ErrorMessageFactory;

/** What the assertions on a difference say when they fail. */
final class DiffMessages {

    private static final String FREE_IT = "free it before the later snapshot is taken";
    private static final String BETWEEN = "allocate and free between the two snapshots what the test means to";

    private DiffMessages() {}

    static ErrorMessageFactory shouldLeaveNothing(SnapshotDiff diff) {
        Memory left = Memory.leftIn(diff);
        return new PlainMessage(
                "Nothing should be left, but there is " + Figures.sentence(left),
                Figures.buffers(left),
                FREE_IT,
                Remedies.leavesNoMoreThan(left));
    }

    static ErrorMessageFactory shouldLeaveNothingOn(int device, SnapshotDiff diff) {
        Memory left = Memory.leftIn(diff).on(device);
        return new PlainMessage(
                "Nothing should be left on device " + device + ", but there is " + Figures.sentence(left),
                Figures.buffers(left),
                FREE_IT,
                Remedies.leavesNoMoreThan(device, left));
    }

    static ErrorMessageFactory shouldLeaveNothingBut(Set<MemoryKind> allowed, SnapshotDiff diff) {
        Memory others = Memory.leftIn(diff).where(pool -> !allowed.contains(pool.kind()));
        Set<MemoryKind> all = EnumSet.copyOf(allowed);
        all.addAll(others.kinds());
        return new PlainMessage(
                "Nothing but " + allowed.stream().map(MemoryKind::name).collect(Collectors.joining(", "))
                        + " should be left, but there is " + Figures.sentence(others),
                Figures.buffers(others),
                FREE_IT,
                call("leavesNothingBut", all.toArray()));
    }

    static ErrorMessageFactory shouldLeaveAtMost(MemoryKind kind, long limit, SnapshotDiff diff) {
        Memory left = Memory.leftIn(diff).over(kind, limit);
        return atMost(limit, kind, "each device", left, call("leavesAtMost", kind, size(left.most(kind))));
    }

    static ErrorMessageFactory shouldLeaveAtMost(int device, MemoryKind kind, long limit, SnapshotDiff diff) {
        Memory left = Memory.leftIn(diff).on(device, kind);
        String toAllow = call("leavesAtMost", device, kind, size(left.bytes(device, kind)));
        return atMost(limit, kind, "device " + device, left, toAllow);
    }

    private static ErrorMessageFactory atMost(long limit, MemoryKind kind, String where, Memory left, String toAllow) {
        return new PlainMessage(
                "At most " + Figures.amount(limit) + " of " + kind + " should be left on " + where + ", but there is "
                        + Figures.sentence(left),
                Figures.buffers(left),
                FREE_IT,
                toAllow);
    }

    static ErrorMessageFactory shouldLeaveExactly(int device, MemoryKind kind, long expected, SnapshotDiff diff) {
        Memory left = Memory.leftIn(diff).on(device, kind);
        long found = left.bytes(device, kind);
        return new PlainMessage(
                "Exactly " + Figures.amount(expected) + " of " + kind + " should be left on device " + device
                        + ", but there is " + Figures.amountOrNothing(found),
                Figures.unknownDevice(left, device) + Figures.buffers(left),
                BETWEEN,
                call("leavesExactly", device, kind, size(found)));
    }

    static ErrorMessageFactory shouldHaveReleased(int device, MemoryKind kind, long expected, SnapshotDiff diff) {
        Memory released = Memory.releasedIn(diff).on(device, kind);
        long found = released.bytes(device, kind);
        return new PlainMessage(
                "Exactly " + Figures.amount(expected) + " of " + kind + " should be released on device " + device
                        + ", but " + Figures.amountOrNothing(found) + " was, of "
                        + Figures.amount(diff.before().of(device, kind)) + " before",
                Figures.unknownDevice(released, device) + Figures.buffers(released),
                "free between the two snapshots what the earlier one holds",
                call("hasReleased", device, kind, size(found)));
    }

    static ErrorMessageFactory shouldHaveBuffersLeft(int expected, SnapshotDiff diff) {
        Memory left = Memory.leftIn(diff);
        int found = left.buffers().size();
        return new PlainMessage(
                Wording.count(expected, "buffer") + " should be left, but there "
                        + (found == 0 ? "is none" : found == 1 ? "is 1" : "are " + found),
                Figures.buffers(left),
                BETWEEN,
                call("hasBuffersLeft", found));
    }

    static ErrorMessageFactory shouldKnowBuffers(String assertion, SnapshotDiff diff) {
        Memory left = Memory.leftIn(diff);
        return new PlainMessage(assertion + " cannot be checked: only totals are known; "
                + (left.isNone() ? "nothing" : Figures.sentence(left)) + " is left in total"
                + "\n  to fix: set " + SettingKeys.TRACKER + "=embedded, which knows every buffer,"
                + "\n          or assert on amounts: leavesAtMost(...), leavesExactly(...), isClean()");
    }
}
