package io.github.ttmemorycheck.assertj;

import org.assertj.core.error.ErrorMessageFactory;

/** Says that an assertion about buffers cannot be checked, since only totals are known. */
final class ShouldKnowBuffers extends PlainErrorMessageFactory {

    private ShouldKnowBuffers(String assertion, Memory left) {
        super(
                "%s cannot be checked: only totals are known, not the buffers; %s"
                        + "\n  to fix:   set tt.memory.check.tracker=embedded, which knows every buffer,"
                        + " or assert on amounts: %s",
                assertion,
                left.isNone() ? "nothing is left in total" : "in total there is " + Figures.sentence(left),
                left.isNone() ? "isClean()" : Suggestion.calls("leavesAtMost", left));
    }

    static ErrorMessageFactory shouldKnowBuffers(String assertion, Memory left) {
        return new ShouldKnowBuffers(assertion, left);
    }
}
