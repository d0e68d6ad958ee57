package io.github.ttmemorycheck.snapshot;

import static org.apiguardian.api.API.Status.STABLE;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apiguardian.api.API;

/**
 * An amount of memory in bytes, read from and written as text such as {@code "36KiB"}.
 *
 * <p>Units are binary and spelled that way: B, KiB (1024 B), MiB, GiB and TiB. {@code KB} is refused rather than
 * guessed at, since half of its users mean 1000.
 *
 * @param bytes the amount in bytes, 0 or more
 */
@API(status = STABLE, since = "0.1")
public record ByteSize(long bytes) {

    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]*)");
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    /** Larger units are only written: nothing that is allowed is that large. */
    private static final String[] SHOWN = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private static final int STEP = 1024;

    /** Digits of a number that is read: to read a million of them takes half a minute, and no size has fifty. */
    private static final int MOST_DIGITS = 100;

    /** Checks the amount. */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size must be 0 bytes or more, not " + bytes);
        }
    }

    /**
     * Reads a size such as {@code "36KiB"}, {@code "1.5 MiB"} or {@code "0B"}; case and spaces before the unit do not
     * matter.
     *
     * @param text the text to read
     * @return the size
     * @throws IllegalArgumentException when the text is not a size, with what is allowed
     */
    public static ByteSize parse(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (!matcher.matches()) {
            throw refused(text, "it must be a number and a unit");
        }
        String unit = matcher.group(2);
        if (unit.isEmpty()) {
            throw refused(text, "the unit is missing");
        }
        if (matcher.group(1).length() > MOST_DIGITS) {
            throw refused(
                    text.substring(0, MOST_DIGITS) + "...", "its number has more than " + MOST_DIGITS + " digits");
        }
        BigDecimal value = new BigDecimal(matcher.group(1));
        for (String known : UNITS) {
            if (known.equalsIgnoreCase(unit)) {
                return wholeBytes(text, value);
            }
            value = value.multiply(BigDecimal.valueOf(STEP));
        }
        throw refused(text, "'" + unit + "' is not a unit" + suggestion(unit));
    }

    private static ByteSize wholeBytes(String text, BigDecimal bytes) {
        try {
            return new ByteSize(bytes.longValueExact());
        } catch (ArithmeticException notWhole) {
            boolean whole = bytes.stripTrailingZeros().scale() <= 0;
            throw refused(text, whole ? "it is more than 8 EiB" : "it is not a whole number of bytes");
        }
    }

    private static String suggestion(String unit) {
        return unit.matches("(?i)[kmgt]b?") ? " (write '" + unit.substring(0, 1).toUpperCase(Locale.ROOT) + "iB')" : "";
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException("'" + text + "' is not a size: " + why
                + "; allowed are a number and one of B, KiB, MiB, GiB, TiB, for example '36KiB'");
    }

    /**
     * Writes an amount for people: {@code 36 KiB} when it is a whole number of the unit, otherwise with two decimals
     * ({@code 8.01 MiB}), so that a figure that was rounded differs from one that was not.
     *
     * @param bytes the amount in bytes; taken as unsigned, so that {@code -1} is just under 16 EiB
     * @return the text
     */
    public static String format(long bytes) {
        if (bytes < 0) {
            return Long.toUnsignedString(bytes) + " B";
        }
        int unit = 0;
        long whole = bytes;
        while (whole >= STEP) {
            whole /= STEP;
            unit++;
        }
        BigDecimal divisor = BigDecimal.valueOf(STEP).pow(unit);
        BigDecimal[] parts = BigDecimal.valueOf(bytes).divideAndRemainder(divisor);
        if (parts[1].signum() == 0) {
            return parts[0].toBigInteger() + " " + SHOWN[unit];
        }
        return BigDecimal.valueOf(bytes).divide(divisor, 2, RoundingMode.HALF_UP) + " " + SHOWN[unit];
    }

    /**
     * Adds two amounts, each taken as unsigned; the sum stops at {@link Long#MAX_VALUE}, since only a wrong report
     * holds more.
     *
     * @param left bytes
     * @param right bytes
     * @return bytes, 0 or more
     */
    public static long sum(long left, long right) {
        long sum = left + right;
        return left < 0 || right < 0 || sum < 0 ? Long.MAX_VALUE : sum;
    }

    /**
     * Adds amounts as {@link #sum(long, long)} does.
     *
     * @param amounts bytes each
     * @return bytes, 0 or more
     */
    public static long sum(LongStream amounts) {
        return amounts.reduce(0, ByteSize::sum);
    }

    /**
     * Writes an amount exactly, as an annotation or a setting takes it: in the largest unit that divides it.
     *
     * @return for example {@code 36KiB}, or {@code 36865B}
     */
    public String exact() {
        int unit = 0;
        long value = bytes;
        while (value != 0 && value % STEP == 0 && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return value + UNITS[unit];
    }

    /** Writes the amount for people, as {@link #format(long)} does. */
    @Override
    public String toString() {
        return format(bytes);
    }
}
