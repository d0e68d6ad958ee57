package io.github.ttmemorycheck.internal.settings;

import io.github.ttmemorycheck.internal.wire.TrackerSocket;
import io.github.ttmemorycheck.snapshot.ByteSize;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What values a setting takes.
 *
 * @param allowed the values as the documentation names them, in Markdown
 * @param parser reads one; throws {@link IllegalArgumentException} with what is allowed
 */
record SettingType<T>(String allowed, Function<String, T> parser) {

    static final SettingType<Duration> DURATION =
            new SettingType<>("a whole number and `ms`, `s` or `m`, a day at most", SettingType::duration);

    static final SettingType<Duration> BOUND =
            new SettingType<>("a whole number above 0 and `ms`, `s` or `m`, a day at most", SettingType::bound);

    static final SettingType<Path> PATH = new SettingType<>("a path", SettingType::path);

    static final SettingType<Path> SOCKET =
            new SettingType<>("a path of at most " + TrackerSocket.LONGEST_PATH + " bytes", SettingType::socket);

    static final SettingType<String> COMMAND = new SettingType<>("a command line for `sh`", SettingType::command);

    static final SettingType<Set<String>> CHIPS =
            new SettingType<>("numbers of chips, with commas between", SettingType::chips);

    static final SettingType<Boolean> TRUTH = oneOf("false", "true");

    static final SettingType<Boolean> SWITCH = oneOf("off", "on");

    static final SettingType<ByteSize> SIZE = new SettingType<>("a size such as `36KiB`", ByteSize::parse);

    /** A day: longer than any memory takes to go, and short enough to be counted in nanoseconds. */
    private static final BigInteger MOST_MILLIS = BigInteger.valueOf(86_400_000);

    private static final Map<String, BigInteger> MILLIS =
            Map.of("ms", BigInteger.ONE, "s", BigInteger.valueOf(1000), "m", BigInteger.valueOf(60_000));

    private static final Pattern DURATION_TEXT = Pattern.compile("(\\d+)\\s*(ms|s|m)");

    static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
        E[] values = type.getEnumConstants();
        String names = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return new SettingType<>(
                "`" + names.replace(", ", "`, `") + "`",
                text -> Arrays.stream(values)
                        .filter(value -> value.name().equalsIgnoreCase(text.strip()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("allowed are " + names)));
    }

    /** Takes one value alone, or one or several of the others, with commas between. */
    static <E extends Enum<E>> SettingType<Set<E>> someOf(Class<E> type, E alone) {
        String others = names(EnumSet.complementOf(EnumSet.of(alone)));
        String whole = names(EnumSet.of(alone));
        SettingType<E> one = oneOf(type);
        return new SettingType<>(
                "`" + whole + "`, or one or several of `" + others.replace(", ", "`, `") + "` with commas between",
                text -> {
                    Set<E> some = EnumSet.noneOf(type);
                    for (String name : text.split(",", -1)) {
                        try {
                            some.add(one.parser().apply(name));
                        } catch (IllegalArgumentException unknown) {
                            throw new IllegalArgumentException(
                                    "allowed are " + whole + ", or one or several of " + others
                                            + " with commas between",
                                    unknown);
                        }
                    }
                    if (some.size() > 1 && some.contains(alone)) {
                        throw new IllegalArgumentException(
                                whole + " stands alone: it is all of " + others + " already");
                    }
                    return Collections.unmodifiableSet(some);
                });
    }

    /** Returns values as they are written. */
    static <E extends Enum<E>> String names(Set<E> values) {
        return values.stream()
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static SettingType<Boolean> oneOf(String no, String yes) {
        return new SettingType<>("`" + no + "`, `" + yes + "`", text -> {
            String word = text.strip().toLowerCase(Locale.ROOT);
            if (!word.equals(no) && !word.equals(yes)) {
                // "true, false" reads better than the other way round, and "off, on" is in the order of the default.
                throw new IllegalArgumentException(
                        "allowed are " + (yes.equals("true") ? yes + ", " + no : no + ", " + yes));
            }
            return word.equals(yes);
        });
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION_TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "allowed are a whole number and one of ms, s, m, for example 500ms or 1s");
        }
        BigInteger millis = new BigInteger(matcher.group(1)).multiply(MILLIS.get(matcher.group(2)));
        if (millis.compareTo(MOST_MILLIS) > 0) {
            throw new IllegalArgumentException("it is more than a day, 1440m");
        }
        return Duration.ofMillis(millis.longValue());
    }

    private static Duration bound(String text) {
        Duration bound = duration(text);
        if (bound.isZero()) {
            throw new IllegalArgumentException("it must be more than 0, for example 500ms or 10s");
        }
        return bound;
    }

    private static String command(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("it must be a command line for sh, and it is empty");
        }
        return text.strip();
    }

    private static Set<String> chips(String text) {
        Set<String> chips = new TreeSet<>();
        for (String chip : text.isBlank() ? new String[0] : text.split(",", -1)) {
            try {
                chips.add(Long.toUnsignedString(Long.parseUnsignedLong(chip.strip())));
            } catch (NumberFormatException noNumber) {
                throw new IllegalArgumentException(
                        "allowed are the numbers of chips, as in tt_device_<number>_memory, with commas between",
                        noNumber);
            }
        }
        return chips;
    }

    private static Path socket(String text) {
        Path path = path(text);
        int length = TrackerSocket.lengthOf(path);
        if (length > TrackerSocket.LONGEST_PATH) {
            throw new IllegalArgumentException("a Unix socket's path has at most " + TrackerSocket.LONGEST_PATH
                    + " bytes, and this one has " + length);
        }
        return path;
    }

    private static Path path(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("it must be a path, and it is empty");
        }
        try {
            return Path.of(text.strip());
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException("it must be a path: " + invalid.getReason(), invalid);
        }
    }
}
