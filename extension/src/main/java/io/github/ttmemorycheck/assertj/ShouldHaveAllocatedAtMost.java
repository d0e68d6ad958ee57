package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import org.assertj.core.error.ErrorMessageFactory;

/** Says that more is allocated than may be, on any device or on one. */
final class ShouldHaveAllocatedAtMost extends PlainErrorMessageFactory {

    private ShouldHaveAllocatedAtMost(long limit, MemoryKind kind, String where, Memory allocated, String toAllow) {
        super(
                "At most %s of %s should be allocated on %s, but there is %s%s"
                        + "\n  to fix:   free it before the snapshot is taken"
                        + "\n  to allow: %s",
                Figures.amount(limit), kind, where, Figures.sentence(allocated), BufferLines.of(allocated), toAllow);
    }

    static ErrorMessageFactory shouldHaveAllocatedAtMost(MemoryKind kind, long limit, MemorySnapshot snapshot) {
        Memory allocated = Memory.allocatedIn(snapshot).over(kind, limit);
        return new ShouldHaveAllocatedAtMost(
                limit,
                kind,
                "each device",
                allocated,
                Suggestion.call("hasAllocatedAtMost", kind, allocated.most(kind)));
    }

    static ErrorMessageFactory shouldHaveAllocatedAtMost(
            int device, MemoryKind kind, long limit, MemorySnapshot snapshot) {
        Memory allocated = Memory.allocatedIn(snapshot).on(device, kind);
        return new ShouldHaveAllocatedAtMost(
                limit,
                kind,
                "device " + device,
                allocated,
                Suggestion.call("hasAllocatedAtMost", device, kind, allocated.bytes(device, kind)));
    }
}
