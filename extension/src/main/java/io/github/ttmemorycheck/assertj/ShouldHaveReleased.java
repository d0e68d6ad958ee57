package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import org.assertj.core.error.ErrorMessageFactory;

/** Says that another amount was released on a device than should be. */
final class ShouldHaveReleased extends PlainErrorMessageFactory {

    private ShouldHaveReleased(int device, MemoryKind kind, long expected, long before, Memory released) {
        super(
                "Exactly %s of %s should be released on device %s, but %s was, of %s before%s%s"
                        + "\n  to fix:   free between the two snapshots what the earlier one holds"
                        + "\n  to allow: %s",
                Figures.amount(expected),
                kind,
                device,
                Figures.amountOrNothing(released.bytes(device, kind)),
                Figures.amount(before),
                Figures.unknownDevice(released, device),
                BufferLines.of(released),
                Suggestion.call("hasReleased", device, kind, released.bytes(device, kind)));
    }

    static ErrorMessageFactory shouldHaveReleased(int device, MemoryKind kind, long expected, SnapshotDiff diff) {
        return new ShouldHaveReleased(
                device,
                kind,
                expected,
                diff.before().of(device, kind),
                Memory.releasedIn(diff).on(device, kind));
    }
}
