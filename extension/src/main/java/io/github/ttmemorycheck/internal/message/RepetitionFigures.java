package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.text.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Figures of one repetition after the other: all of them up to eight, and of more the first and the last, with the
 * number of those left out.
 */
final class RepetitionFigures {

    /** How many figures are written at most, all of them. */
    static final int MOST = 8;

    private static final int SHOWN_FIRST = 4;
    private static final int SHOWN_LAST = 2;

    private RepetitionFigures() {}

    /** Numbers in a line. */
    static String counts(List<Long> numbers) {
        return lines(shortened(numbers.stream().map(Wording::number).toList()), ", ", MOST);
    }

    /**
     * Amounts in lines of so many; where all have the same unit, it stands once, at the end: {@code 36, 72, 108 KiB}.
     *
     * @param amounts each with its unit; one without is a gap
     */
    static String amounts(List<String> amounts, int aLine) {
        return amounts(amounts, ", ", aLine);
    }

    /**
     * What each repetition added, in lines of so many: {@code +36  +36  +40 KiB}.
     *
     * @param deltas each with its sign and unit; one without a unit is nothing
     */
    static String deltas(List<String> deltas, int aLine) {
        return amounts(deltas, "  ", aLine);
    }

    private static String amounts(List<String> amounts, String separator, int aLine) {
        List<String> shown = shortened(amounts);
        List<String> units =
                amounts.stream().flatMap(RepetitionFigures::unit).distinct().toList();
        if (units.size() != 1) {
            return lines(shown, separator, aLine);
        }
        String unit = units.get(0);
        return lines(shown.stream().map(amount -> amount.replace(unit, "")).toList(), separator, aLine) + unit;
    }

    private static Stream<String> unit(String amount) {
        int space = amount.indexOf(' ');
        return space < 0 ? Stream.of() : Stream.of(amount.substring(space));
    }

    private static List<String> shortened(List<String> figures) {
        if (figures.size() <= MOST) {
            return figures;
        }
        List<String> shown = new ArrayList<>(figures.subList(0, SHOWN_FIRST));
        shown.add("(" + Wording.number(figures.size() - SHOWN_FIRST - SHOWN_LAST) + " more)");
        shown.addAll(figures.subList(figures.size() - SHOWN_LAST, figures.size()));
        return shown;
    }

    private static String lines(List<String> shown, String separator, int aLine) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < shown.size(); from += aLine) {
            lines.add(String.join(separator, shown.subList(from, Math.min(from + aLine, shown.size()))));
        }
        return String.join(separator.stripTrailing() + "\n", lines);
    }
}
