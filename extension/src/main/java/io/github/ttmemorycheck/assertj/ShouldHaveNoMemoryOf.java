package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import org.assertj.core.error.ErrorMessageFactory;

/** Says that memory of a kind is allocated that should not be. */
final class ShouldHaveNoMemoryOf extends PlainErrorMessageFactory {

    private ShouldHaveNoMemoryOf(MemoryKind kind, Memory allocated) {
        super(
                "No %s memory should be allocated, but there is %s%s"
                        + "\n  to fix:   free it before the snapshot is taken"
                        + "\n  to allow: %s",
                kind,
                Figures.sentence(allocated),
                BufferLines.of(allocated),
                Suggestion.call("hasAllocatedAtMost", kind, allocated.most(kind)));
    }

    static ErrorMessageFactory shouldHaveNoMemoryOf(MemoryKind kind, MemorySnapshot snapshot) {
        return new ShouldHaveNoMemoryOf(kind, Memory.allocatedIn(snapshot).where((device, of) -> of == kind));
    }
}
