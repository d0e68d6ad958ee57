package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.text.SizeUnit;
import io.github.ttmemorycheck.internal.text.Wording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A row of figures in one unit: {@code 36, 72, 108 KiB}. */
final class Series {

    private static final int SHOWN_FIRST = 4;
    private static final int SHOWN_LAST = 2;
    private static final String GAP = "-";

    private Series() {}

    /**
     * Sizes in one unit.
     *
     * @param bytes the sizes; a negative one is a gap
     * @param sign what stands before each that is more than 0
     * @param among sizes that the same unit is to suit
     */
    static String sizes(List<Long> bytes, String sign, Collection<Long> among) {
        SizeUnit unit = SizeUnit.of(among.stream().filter(size -> size > 0).toList());
        List<String> texts = bytes.stream()
                .map(size -> size < 0 ? GAP : (size > 0 ? sign : "") + unit.number(size))
                .toList();
        return join(texts) + " " + unit.label();
    }

    /** What was added each time: {@code +36 KiB each time} or {@code +36, +40 KiB}. */
    static String deltas(List<Long> bytes, Collection<Long> among) {
        return isEven(bytes) ? sizes(bytes.subList(0, 1), "+", among) + " each time" : sizes(bytes, "+", among);
    }

    /** Numbers without a unit. */
    static String counts(List<Long> numbers) {
        return join(numbers.stream().map(Wording::number).toList());
    }

    static boolean isEven(List<Long> numbers) {
        return least(numbers) == most(numbers);
    }

    static long least(List<Long> numbers) {
        return numbers.stream().mapToLong(number -> number).min().orElseThrow();
    }

    static long most(List<Long> numbers) {
        return numbers.stream().mapToLong(number -> number).max().orElseThrow();
    }

    private static String join(List<String> texts) {
        if (texts.size() <= SHOWN_FIRST + SHOWN_LAST) {
            return String.join(", ", texts);
        }
        List<String> some = new ArrayList<>(texts.subList(0, SHOWN_FIRST));
        some.add("...");
        some.addAll(texts.subList(texts.size() - SHOWN_LAST, texts.size()));
        return String.join(", ", some);
    }
}
