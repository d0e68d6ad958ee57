package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import org.assertj.core.error.ErrorMessageFactory;

/** Says that memory is allocated where none should be. */
final class ShouldHoldNothing extends PlainErrorMessageFactory {

    private ShouldHoldNothing(Memory allocated) {
        super(
                "Nothing should be allocated, but there is %s%s"
                        + "\n  to fix:   free it before the snapshot is taken"
                        + "\n  to allow: sinceSnapshot(earlier).isClean() looks only at what is new",
                Figures.sentence(allocated), BufferLines.of(allocated));
    }

    static ErrorMessageFactory shouldHoldNothing(MemorySnapshot snapshot) {
        return new ShouldHoldNothing(Memory.allocatedIn(snapshot));
    }
}
