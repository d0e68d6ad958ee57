package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.text.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Figures of one repetition after the other, those in the middle left out where there are many. */
final class RepetitionFigures {

    /** How many figures are written at most, with the dots in place of those left out. */
    static final int MOST = 7;

    private static final int SHOWN_FIRST = 4;
    private static final int SHOWN_LAST = 2;
    private static final String LEFT_OUT = "...";

    private RepetitionFigures() {}

    /** Numbers in a line. */
    static String counts(List<Long> numbers) {
        return lines(shortened(numbers.stream().map(Wording::number).toList()), MOST);
    }

    /**
     * Amounts in lines of so many; where all have the same unit, it stands once, at the end: {@code 36, 72, 108 KiB}.
     *
     * @param amounts each with its unit; one without is a gap
     */
    static String amounts(List<String> amounts, int aLine) {
        List<String> shown = shortened(amounts);
        List<String> units =
                shown.stream().flatMap(RepetitionFigures::unit).distinct().toList();
        if (units.size() != 1) {
            return lines(shown, aLine);
        }
        String unit = units.get(0);
        return lines(shown.stream().map(amount -> amount.replace(unit, "")).toList(), aLine) + unit;
    }

    private static Stream<String> unit(String amount) {
        int space = amount.indexOf(' ');
        return space < 0 ? Stream.of() : Stream.of(amount.substring(space));
    }

    private static List<String> shortened(List<String> figures) {
        if (figures.size() <= SHOWN_FIRST + SHOWN_LAST) {
            return figures;
        }
        List<String> shown = new ArrayList<>(figures.subList(0, SHOWN_FIRST));
        shown.add(LEFT_OUT);
        shown.addAll(figures.subList(figures.size() - SHOWN_LAST, figures.size()));
        return shown;
    }

    private static String lines(List<String> shown, int aLine) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < shown.size(); from += aLine) {
            lines.add(String.join(", ", shown.subList(from, Math.min(from + aLine, shown.size()))));
        }
        return String.join(",\n", lines);
    }
}
