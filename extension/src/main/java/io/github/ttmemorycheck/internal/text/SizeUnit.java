package io.github.ttmemorycheck.internal.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * A unit for several amounts of memory that are to be compared.
 *
 * @param step how many times it is larger than the one before it: 0 for bytes, 1 for KiB, and so on
 */
public record SizeUnit(int step) {

    private static final List<String> NAMES = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
    private static final int STEP = 1024;
    private static final int DECIMALS = 2;
    private static final BigDecimal UNSIGNED = BigDecimal.valueOf(2).pow(Long.SIZE);

    /** Whole numbers below this are read at a glance; longer ones are shortened to a larger unit. */
    private static final BigDecimal LONGEST = BigDecimal.valueOf(10_000);

    /** Below this a number of two decimals says little. */
    private static final BigDecimal SMALLEST = new BigDecimal("0.1");

    /**
     * Chooses the unit: the largest in which all amounts are whole and not too long, or else the largest in which no two
     * different amounts look the same.
     *
     * @param sizes in bytes, taken as unsigned; zeros do not count
     */
    public static SizeUnit of(Collection<Long> sizes) {
        NavigableSet<BigDecimal> amounts = new TreeSet<>();
        sizes.stream().filter(size -> size != 0).map(SizeUnit::unsigned).forEach(amounts::add);
        if (amounts.isEmpty()) {
            return new SizeUnit(0);
        }
        int step = NAMES.size() - 1;
        if (amounts.size() > 1) {
            while (!new SizeUnit(step).isWholeFor(amounts)) {
                step--;
            }
            if (new SizeUnit(step).in(amounts.last()).compareTo(LONGEST) < 0) {
                return new SizeUnit(step);
            }
            step = NAMES.size() - 1;
        }
        while (step > 0 && !new SizeUnit(step).isClearFor(amounts)) {
            step--;
        }
        return new SizeUnit(step);
    }

    private boolean isWholeFor(Set<BigDecimal> amounts) {
        return step == 0
                || amounts.stream()
                        .allMatch(amount -> in(amount).stripTrailingZeros().scale() <= 0);
    }

    private boolean isClearFor(NavigableSet<BigDecimal> amounts) {
        if (in(amounts.last()).compareTo(BigDecimal.ONE) < 0
                || in(amounts.first()).compareTo(SMALLEST) < 0) {
            return false;
        }
        Set<String> texts = new HashSet<>();
        return amounts.stream().allMatch(amount -> texts.add(text(amount)));
    }

    private BigDecimal in(BigDecimal bytes) {
        return bytes.divide(BigDecimal.valueOf(STEP).pow(step));
    }

    private static BigDecimal unsigned(long size) {
        BigDecimal signed = BigDecimal.valueOf(size);
        return size < 0 ? signed.add(UNSIGNED) : signed;
    }

    private String text(BigDecimal bytes) {
        BigDecimal amount = in(bytes);
        return amount.stripTrailingZeros().scale() <= 0
                ? amount.toBigInteger().toString()
                : amount.setScale(DECIMALS, RoundingMode.HALF_UP).toPlainString();
    }

    /** Writes an amount without the unit: a whole number, or two decimals where it may be rounded. */
    public String number(long size) {
        return text(unsigned(size));
    }

    public String label() {
        return NAMES.get(step);
    }

    /** Returns the next smaller unit; bytes have none, and return themselves. */
    SizeUnit smaller() {
        return new SizeUnit(Math.max(0, step - 1));
    }
}
