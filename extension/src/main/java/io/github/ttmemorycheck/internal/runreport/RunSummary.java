package io.github.ttmemorycheck.internal.runreport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Says what came of a run, in a few lines for the end of a build's output. Pure functions. */
public final class RunSummary {

    private static final int UNCHECKED = 5;

    private RunSummary() {}

    /**
     * Writes the lines.
     *
     * @param own what this process ran
     * @param all what all processes of the build ran so far
     * @param page where the report is, as text; empty when it could not be written
     */
    public static List<String> lines(Tally own, Tally all, String page) {
        List<String> lines = new ArrayList<>();
        lines.add("device memory: " + counts(own));
        own.unchecked().stream()
                .limit(UNCHECKED)
                .forEach(what -> lines.add("  not checked: "
                        + (what.why().startsWith(what.name()) ? what.why() : what.name() + ": " + what.why())));
        if (own.unchecked().size() > UNCHECKED) {
            lines.add("  ... and " + (own.unchecked().size() - UNCHECKED) + " more that were not checked");
        }
        if (own.tests() > 0) {
            lines.add("  checking took " + time(own.ownNanos()) + ", " + time(own.ownNanos() / own.tests()) + " a test"
                    + (own.waitedNanos() == 0
                            ? ""
                            : "; besides, " + time(own.waitedNanos()) + " of waiting for memory to be freed"));
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
        text.add(tally.tests() + (tally.tests() == 1 ? " test" : " tests") + " checked");
        add(text, tally.leaked(), " leaked");
        add(text, tally.classesLeaked(), tally.classesLeaked() == 1 ? " class leaked" : " classes leaked");
        add(text, tally.grew(), " grew");
        add(text, tally.inconclusive(), " could not be measured");
        add(text, tally.known(), tally.known() == 1 ? " known leak" : " known leaks");
        add(text, tally.waiversGone(), tally.waiversGone() == 1 ? " waiver without a leak" : " waivers without a leak");
        add(text, tally.lateReleases(), tally.lateReleases() == 1 ? " late release" : " late releases");
        add(text, tally.recovered(), " failed at first and passed when run again");
        // What was not checked may leak: nobody may read here that it does not.
        boolean fine = tally.leaked()
                        + tally.classesLeaked()
                        + tally.grew()
                        + tally.inconclusive()
                        + tally.known()
                        + tally.waiversGone()
                        + tally.unchecked().size()
                == 0;
        return tally.tests() > 0 && fine ? text.add("no leaks").toString() : text.toString();
    }

    private static void add(StringJoiner text, long count, String what) {
        if (count > 0) {
            text.add(count + what);
        }
    }

    /** For example {@code 36 µs}, {@code 12.3 ms} or {@code 1.2 s}. */
    static String time(long nanos) {
        if (nanos < 1_000_000) {
            return nanos / 1_000 + " µs";
        }
        double millis = nanos / 1e6;
        return millis < 1_000
                ? String.format(Locale.ROOT, "%.1f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }
}
