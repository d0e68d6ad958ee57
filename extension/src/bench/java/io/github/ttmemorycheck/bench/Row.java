package io.github.ttmemorycheck.bench;

import java.util.Locale;

/**
 * A row of the table.
 *
 * @param what what was measured
 * @param figure the figure itself
 * @param beside what it is held against, measured in the same run
 * @param ratio the figure to that
 * @param aim what it should be, and whether it is
 */
record Row(String what, String figure, String beside, String ratio, String aim) {

    static final String HEADER = """
            | what | measured | beside it, in the same run | ratio | aim |
            |---|---|---|---|---|
            """;

    /** A row of what could not be measured here. */
    static Row missing(String what, String why) {
        return new Row(what, "not measured", why, "", "");
    }

    static String aim(String text, boolean met) {
        return text + (met ? ": met" : ": **missed**");
    }

    static String times(double ratio) {
        return String.format(Locale.ROOT, ratio >= 100 ? "%,.0f" : "%.2f", ratio);
    }

    /** Shows nanoseconds in the unit that fits. */
    static String time(double nanos) {
        if (Math.abs(nanos) < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f µs", nanos / 1e3);
        }
        return nanos < 1e9
                ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    String line() {
        return "| " + String.join(" | ", what, figure, beside, ratio, aim) + " |\n";
    }
}
