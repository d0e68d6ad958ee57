package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.wire.TrackerSocket;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One parser for each type of setting. A parser throws {@link IllegalArgumentException} with what is allowed. */
final class SettingParsers {

    /** Longer than any memory takes to go, and short enough to be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** As many digits as a day has milliseconds, and one more. */
    private static final int MOST_DIGITS = 9;

    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m)");

    private SettingParsers() {}

    static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("allowed are "
                        + Arrays.stream(type.getEnumConstants())
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    static boolean truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("allowed are true, false");
        };
    }

    static boolean onOrOff(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("allowed are off, on");
        };
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "allowed are a whole number and one of ms, s, m, for example 500ms or 1s");
        }
        Duration duration = matcher.group(1).length() > MOST_DIGITS
                ? ChronoUnit.FOREVER.getDuration()
                : duration(Long.parseLong(matcher.group(1)), matcher.group(2));
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("it is more than a day, 1440m");
        }
        return duration;
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    static String command(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("it must be a command line for sh, and it is empty");
        }
        return text.strip();
    }

    /** Numbers of chips with commas between, or nothing. */
    static Set<String> chips(String text) {
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

    static Path socket(String text) {
        Path path = path(text);
        int length = TrackerSocket.lengthOf(path);
        if (length > TrackerSocket.LONGEST_PATH) {
            throw new IllegalArgumentException("a Unix socket's path has at most " + TrackerSocket.LONGEST_PATH
                    + " bytes, and this one has " + length);
        }
        return path;
    }

    static Path path(String text) {
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
