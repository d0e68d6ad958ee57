package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.text.Wording;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/** Says what came of a run, in a few lines for the end of a build's output. Pure functions. */
final class RunSummary {

    private static final int UNCHECKED = 5;

    private static final Set<Count> SAID = EnumSet.complementOf(EnumSet.of(Count.WITHIN_BASELINE));

    private static final Set<Count> NOT_FINE = EnumSet.range(Count.LEAKED, Count.WAIVERS_GONE);

    private RunSummary() {}

    /**
     * Writes the lines.
     *
     * @param own what this process ran
     * @param all what all processes of the build ran so far
     * @param page where the report is, as text; empty when it could not be written
     */
    static List<String> lines(Tally own, Tally all, String page) {
        List<String> lines = new ArrayList<>();
        lines.add("device memory: " + counts(own));
        own.unchecked().stream()
                .limit(UNCHECKED)
                .forEach(what -> lines.add("  not checked: "
                        + (what.why().startsWith(what.name()) ? what.why() : what.name() + ": " + what.why())));
        if (own.unchecked().size() > UNCHECKED) {
            lines.add("  ... and " + (own.unchecked().size() - UNCHECKED) + " more that were not checked");
        }
        long tests = own.of(Count.TESTS);
        if (tests > 0) {
            lines.add("  checking took " + Wording.time(own.ownNanos()) + ", " + Wording.time(own.ownNanos() / tests)
                    + " a test"
                    + (own.waitedNanos() == 0
                            ? ""
                            : "; besides, " + Wording.time(own.waitedNanos()) + " of waiting for memory to be freed"));
        }
        if (all.processes() > 1) {
            lines.add("  " + all.processes() + " processes so far: " + counts(all));
        }
        if (!page.isEmpty()) {
            lines.add("  report: " + page);
        }
        return lines;
    }

    private static String counts(Tally tally) {
        StringJoiner text = new StringJoiner(", ");
        for (Count count : SAID) {
            if (tally.of(count) > 0 || count == Count.TESTS) {
                text.add(count.text(tally.of(count)));
            }
        }
        // What was not checked may leak: nobody may read here that it does not.
        boolean fine = tally.of(Count.TESTS) > 0
                && tally.unchecked().isEmpty()
                && NOT_FINE.stream().allMatch(count -> tally.of(count) == 0);
        return fine ? text.add("no leaks").toString() : text.toString();
    }
}
