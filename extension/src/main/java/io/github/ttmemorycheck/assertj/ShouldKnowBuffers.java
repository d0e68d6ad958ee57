package io.github.ttmemorycheck.assertj;

import org.assertj.core.error.ErrorMessageFactory;

/** Says that an assertion about buffers cannot be checked, since only totals are known. */
final class ShouldKnowBuffers extends PlainErrorMessageFactory {

    private ShouldKnowBuffers(String assertion, Memory left) {
        super(
                "%s cannot be checked: only totals are known; %s is left in total"
                        + "\n  to fix: set tt.memory.check.tracker=embedded, which knows every buffer,"
                        + "\n          or assert on amounts: leavesAtMost(...), leavesExactly(...), isClean()",
                assertion, left.isNone() ? "nothing" : Figures.sentence(left));
    }

    static ErrorMessageFactory shouldKnowBuffers(String assertion, Memory left) {
        return new ShouldKnowBuffers(assertion, left);
    }
}
