package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import org.assertj.core.error.ErrorMessageFactory;

/** Says that more was left than may be, on any device or on one. */
final class ShouldLeaveAtMost extends PlainErrorMessageFactory {

    private ShouldLeaveAtMost(long limit, MemoryKind kind, String where, Memory left, String toAllow) {
        super(
                "At most %s of %s should be left on %s, but there is %s%s"
                        + "\n  to fix:   free it before the later snapshot is taken"
                        + "\n  to allow: %s",
                Figures.amount(limit), kind, where, Figures.sentence(left), BufferLines.of(left), toAllow);
    }

    static ErrorMessageFactory shouldLeaveAtMost(MemoryKind kind, long limit, SnapshotDiff diff) {
        Memory left = Memory.leftIn(diff).over(kind, limit);
        return new ShouldLeaveAtMost(
                limit, kind, "each device", left, Suggestion.call("leavesAtMost", kind, left.most(kind)));
    }

    static ErrorMessageFactory shouldLeaveAtMost(int device, MemoryKind kind, long limit, SnapshotDiff diff) {
        Memory left = Memory.leftIn(diff).on(device, kind);
        return new ShouldLeaveAtMost(
                limit,
                kind,
                "device " + device,
                left,
                Suggestion.call("leavesAtMost", device, kind, left.bytes(device, kind)));
    }
}
