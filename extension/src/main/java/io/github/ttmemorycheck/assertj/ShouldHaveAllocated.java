package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import org.assertj.core.error.ErrorMessageFactory;

/** Says that another amount is allocated on a device than should be. */
final class ShouldHaveAllocated extends PlainErrorMessageFactory {

    private ShouldHaveAllocated(int device, MemoryKind kind, long expected, Memory allocated) {
        super(
                "Exactly %s of %s should be allocated on device %s, but there is %s%s%s"
                        + "\n  to fix:   allocate or free before the snapshot what the test means to"
                        + "\n  to allow: %s",
                Figures.amount(expected),
                kind,
                device,
                Figures.amountOrNothing(allocated.bytes(device, kind)),
                Figures.unknownDevice(allocated, device),
                BufferLines.of(allocated),
                Suggestion.call("hasAllocated", device, kind, allocated.bytes(device, kind)));
    }

    static ErrorMessageFactory shouldHaveAllocated(
            int device, MemoryKind kind, long expected, MemorySnapshot snapshot) {
        return new ShouldHaveAllocated(
                device, kind, expected, Memory.allocatedIn(snapshot).on(device, kind));
    }
}
