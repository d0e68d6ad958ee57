package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.error.ErrorMessageFactory;

/** Says that memory of other kinds was left than of those that may be. */
final class ShouldLeaveNothingBut extends PlainErrorMessageFactory {

    private ShouldLeaveNothingBut(Set<MemoryKind> allowed, Memory others, Set<MemoryKind> all) {
        super(
                "Nothing but %s should be left, but there is %s%s"
                        + "\n  to fix:   free it before the later snapshot is taken"
                        + "\n  to allow: %s",
                allowed.stream().map(MemoryKind::name).collect(Collectors.joining(", ")),
                Figures.sentence(others),
                BufferLines.of(others),
                Suggestion.nothingBut(all));
    }

    static ErrorMessageFactory shouldLeaveNothingBut(Set<MemoryKind> allowed, SnapshotDiff diff) {
        Memory others = Memory.leftIn(diff).where((device, kind) -> !allowed.contains(kind));
        Set<MemoryKind> all = EnumSet.copyOf(allowed);
        all.addAll(others.kinds());
        return new ShouldLeaveNothingBut(allowed, others, all);
    }
}
