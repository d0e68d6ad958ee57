package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import org.assertj.core.error.ErrorMessageFactory;

/** Says that memory was left where none should be, on all devices or on one. */
final class ShouldLeaveNothing extends PlainErrorMessageFactory {

    private ShouldLeaveNothing(String where, String found, Memory left, String toAllow) {
        super(
                "Nothing should be left%s, but there is %s%s"
                        + "\n  to fix:   free it before the later snapshot is taken"
                        + "\n  to allow: %s",
                where, found, BufferLines.of(left), toAllow);
    }

    static ErrorMessageFactory shouldLeaveNothing(SnapshotDiff diff) {
        Memory left = Memory.leftIn(diff);
        return new ShouldLeaveNothing(
                "",
                Figures.sentence(left),
                left,
                Suggestion.then(Suggestion.nothingBut(left.kinds()), Suggestion.calls("leavesAtMost", left)));
    }

    static ErrorMessageFactory shouldLeaveNothingOn(int device, SnapshotDiff diff) {
        Memory left = Memory.leftIn(diff).on(device);
        return new ShouldLeaveNothing(
                " on device " + device, Figures.sentence(left), left, Suggestion.calls("leavesAtMost", device, left));
    }
}
