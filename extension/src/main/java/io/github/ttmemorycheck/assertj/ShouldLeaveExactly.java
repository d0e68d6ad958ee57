package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import org.assertj.core.error.ErrorMessageFactory;

/** Says that another amount was left on a device than should be. */
final class ShouldLeaveExactly extends PlainErrorMessageFactory {

    private ShouldLeaveExactly(int device, MemoryKind kind, long expected, Memory left) {
        super(
                "Exactly %s of %s should be left on device %s, but there is %s%s%s"
                        + "\n  to fix:   allocate and free between the two snapshots what the test means to"
                        + "\n  to allow: %s",
                Figures.amount(expected),
                kind,
                device,
                Figures.amountOrNothing(left.bytes(device, kind)),
                Figures.unknownDevice(left, device),
                BufferLines.of(left),
                Suggestion.call("leavesExactly", device, kind, left.bytes(device, kind)));
    }

    static ErrorMessageFactory shouldLeaveExactly(int device, MemoryKind kind, long expected, SnapshotDiff diff) {
        return new ShouldLeaveExactly(
                device, kind, expected, Memory.leftIn(diff).on(device, kind));
    }
}
