package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import org.assertj.core.error.ErrorMessageFactory;

/** Says that another number of buffers was left than should be. */
final class ShouldHaveBuffersLeft extends PlainErrorMessageFactory {

    private ShouldHaveBuffersLeft(int expected, Memory left) {
        super(
                "%s should be left, but there %s%s"
                        + "\n  to fix:   allocate and free between the two snapshots what the test means to"
                        + "\n  to allow: hasBuffersLeft(%s)",
                Wording.count(expected, "buffer"),
                actual(left.buffers().size()),
                BufferLines.of(left),
                left.buffers().size());
    }

    private static String actual(int count) {
        return count == 0 ? "is none" : (count == 1 ? "is " : "are ") + count;
    }

    static ErrorMessageFactory shouldHaveBuffersLeft(int expected, SnapshotDiff diff) {
        return new ShouldHaveBuffersLeft(expected, Memory.leftIn(diff));
    }
}
