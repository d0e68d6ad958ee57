package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import java.util.ArrayList;
import java.util.List;

/** The sentence a message begins with. It must make sense alone: a build's summary shows no other line. */
final class FirstLine {

    private static final int CLAUSES = 3;

    /** Wider names, such as those of parameterized tests, are cut in their middle; the test engine shows them whole. */
    private static final int COLUMNS_OF_A_NAME = 72;

    private FirstLine() {}

    /**
     * Puts the sentence together: at most three clauses, then how many are missing.
     *
     * @param name the subject's name, not yet escaped
     * @param verb what follows it, with a space on each side
     * @param clauses what was found, the weightiest first; at least one
     * @param rest what follows the clauses
     */
    static String of(String name, String verb, List<String> clauses, String rest) {
        int more = clauses.size() - CLAUSES;
        List<String> said = new ArrayList<>();
        clauses.stream().limit(CLAUSES).map(FirstLine::unbroken).forEach(said::add);
        if (more > 0) {
            said.add(unbroken(more + (more == 1 ? " more kind" : " more kinds")));
        }
        return PlainText.cutMiddle(PlainText.escape(name), COLUMNS_OF_A_NAME) + verb + Wording.list(said) + rest;
    }

    /** Keeps a clause on one line, should the sentence need two; {@link Wrapping} takes that out again. */
    static String unbroken(String clause) {
        return clause.replace(' ', Wrapping.UNBROKEN);
    }
}
