package io.github.ttmemorycheck.report;

import io.github.ttmemorycheck.internal.text.Wording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** A row of figures in one unit: {@code 36, 72, 108 KiB}. */
final class Series {

    private static final int SHOWN_FIRST = 4;
    private static final int SHOWN_LAST = 2;
    private static final int STEP = 1024;
    private static final int TOO_LONG = 10_000;
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private Series() {}

    /** Sizes in the largest unit in which all of them are whole, or in a larger one where that takes too many digits. */
    static String sizes(List<Long> bytes) {
        return sizes(bytes, "");
    }

    /** What was added each time: {@code +36 KiB each time} or {@code +36, +40 KiB}. */
    static String deltas(List<Long> bytes) {
        return isEven(bytes) ? sizes(bytes.subList(0, 1), "+") + " each time" : sizes(bytes, "+");
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

    private static String sizes(List<Long> bytes, String sign) {
        int unit = 0;
        long divisor = 1;
        while (unit < UNITS.size() - 1 && (most(bytes) / divisor >= TOO_LONG || fits(bytes, divisor * STEP))) {
            divisor *= STEP;
            unit++;
        }
        long chosen = divisor;
        List<String> texts = bytes.stream()
                .map(size -> (size > 0 ? sign : "") + inUnit(size, chosen))
                .toList();
        return join(texts) + " " + UNITS.get(unit);
    }

    private static boolean fits(List<Long> bytes, long divisor) {
        return most(bytes) > 0 && bytes.stream().allMatch(size -> size % divisor == 0);
    }

    /** A whole number, or two decimals to show that it was rounded. */
    private static String inUnit(long size, long divisor) {
        return size % divisor == 0
                ? Long.toString(size / divisor)
                : BigDecimal.valueOf(size)
                        .divide(BigDecimal.valueOf(divisor), 2, RoundingMode.HALF_UP)
                        .toString();
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
