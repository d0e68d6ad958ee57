package io.github.ttmemorycheck.internal.text;

import io.github.ttmemorycheck.snapshot.ByteSize;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The amounts of memory in one table. Each is written as in a sentence; two that differ and would look the same are
 * written exactly, in the largest unit that divides them.
 */
public final class SizeCells {

    /** How tables of figures write 0. */
    public static final String NONE = "-";

    /** The largest figure there is stands for itself and all above, which only wrong reports have. */
    private static final String LARGEST = "8+ EiB";

    /** Decimals that say only that the figure was rounded; they are overlooked, so they do not make a difference. */
    private static final String ROUNDED = ".00 ";

    private final Map<String, Set<Long>> meanings;

    /** Takes all amounts of the table, in bytes. */
    public SizeCells(LongStream amounts) {
        meanings = amounts.filter(bytes -> !isLargest(bytes))
                .boxed()
                .collect(Collectors.groupingBy(SizeCells::look, Collectors.toSet()));
    }

    /** Writes one of the amounts. */
    public String text(long bytes) {
        if (isLargest(bytes)) {
            return LARGEST;
        }
        return isAmbiguous(bytes) ? exact(bytes, exactUnit(bytes)) : ByteSize.format(bytes);
    }

    /** Writes several of the amounts, all exactly and in one unit where one of them has to be written so. */
    public List<String> texts(List<Long> amounts) {
        if (amounts.stream().noneMatch(this::isAmbiguous) || amounts.stream().anyMatch(SizeCells::isLargest)) {
            return amounts.stream().map(this::text).toList();
        }
        BigInteger divisor = amounts.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::gcd);
        String unit = exactUnit(divisor.longValue());
        return amounts.stream().map(bytes -> exact(bytes, unit)).toList();
    }

    /** Writes one of the amounts, and {@link #NONE} for 0. */
    public String textOrNone(long bytes) {
        return bytes == 0 ? NONE : text(bytes);
    }

    private static boolean isLargest(long bytes) {
        return bytes < 0 || bytes == Long.MAX_VALUE;
    }

    private static String look(long bytes) {
        return ByteSize.format(bytes).replace(ROUNDED, " ");
    }

    private boolean isAmbiguous(long bytes) {
        return meanings.getOrDefault(look(bytes), Set.of()).size() > 1;
    }

    /** Returns the largest unit that divides an amount. */
    private static String exactUnit(long bytes) {
        return new ByteSize(bytes).exact().replaceFirst("\\d+", "");
    }

    private static String exact(long bytes, String unit) {
        return bytes / ByteSize.parse("1" + unit).bytes() + " " + unit;
    }
}
