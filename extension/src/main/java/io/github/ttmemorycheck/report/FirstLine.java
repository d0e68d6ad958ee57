package io.github.ttmemorycheck.report;

import java.util.ArrayList;
import java.util.List;

/** The line of a message that must make sense alone: a build's summary shows no other. */
final class FirstLine {

    private static final int CLAUSES = 3;

    /**
     * A name is cut in its middle only beyond this width: who reads the line must find the test by it, so that rather the
     * line is longer than the others.
     */
    private static final int COLUMNS_OF_A_NAME = 100;

    private FirstLine() {}

    /**
     * Puts the line together: as many clauses as there is room for, at most three, then how many are missing.
     *
     * @param name the subject's name, not yet escaped
     * @param verb what follows it, with a space on each side
     * @param clauses what was found, the weightiest first; at least one
     * @param rest what follows the clauses
     */
    static String of(String name, String verb, List<String> clauses, String rest) {
        String subject = PlainText.cutMiddle(PlainText.escape(name), COLUMNS_OF_A_NAME);
        for (int shown = Math.min(CLAUSES, clauses.size()); shown > 1; shown--) {
            String line = subject + verb + some(clauses, shown) + rest;
            if (PlainText.width(line) <= Wrapping.COLUMNS) {
                return line;
            }
        }
        return subject + verb + some(clauses, 1) + rest;
    }

    private static String some(List<String> clauses, int shown) {
        List<String> said = new ArrayList<>(clauses.subList(0, shown));
        if (shown < clauses.size()) {
            said.add((clauses.size() - shown) + " more " + (clauses.size() - shown == 1 ? "kind" : "kinds"));
        }
        return Wording.list(said);
    }
}
