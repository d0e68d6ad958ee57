package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Which settings there are, and which one somebody meant who wrote another. */
final class SettingNames {

    /** The name of a size for a device and a kind; group 1 is the device or a star, group 2 the kind. */
    static final Pattern OF_DEVICE = Pattern.compile("(?:" + Pattern.quote(TtMemoryCheckSettings.BASELINE) + "|"
            + Pattern.quote(TtMemoryCheckSettings.CAPACITY) + ")(\\*|-?\\d+)\\.(\\w+)");

    /** All settings but those of devices. */
    private static final List<String> KNOWN = Arrays.stream(TtMemoryCheckSettings.class.getFields())
            .map(SettingNames::value)
            .filter(name -> !name.endsWith("."))
            .sorted()
            .toList();

    private SettingNames() {}

    private static String value(Field constant) {
        try {
            return String.valueOf(constant.get(null));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("a public constant cannot be read: " + constant, impossible);
        }
    }

    /** Refuses names under the prefix that do not exist. */
    static void check(Collection<String> names) {
        Set<String> unknown = new TreeSet<>();
        for (String name : names) {
            if (name.startsWith(TtMemoryCheckSettings.PREFIX) && !KNOWN.contains(name) && !isOfDevice(name)) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw new ExtensionConfigurationException(
                    unknown.stream().map(SettingNames::refusal).collect(Collectors.joining("\n"))
                            + "\n"
                            + wrapped("all settings: " + String.join(", ", KNOWN) + ", "
                                    + TtMemoryCheckSettings.BASELINE + "<device|*>.<kind>, "
                                    + TtMemoryCheckSettings.CAPACITY + "<device|*>.<kind>"));
        }
    }

    private static boolean isOfDevice(String name) {
        Matcher matcher = OF_DEVICE.matcher(name);
        return matcher.matches() && MemoryKind.byName(matcher.group(2)).isPresent();
    }

    /** Reads the number of a device in a name. */
    static int device(String name, String number) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException tooLarge) {
            throw new ExtensionConfigurationException(
                    wrapped("there is no device " + number + ", which the setting " + name
                            + " names; a device's number has 32 bits"),
                    tooLarge);
        }
    }

    /** Makes the error for settings that are not allowed. */
    static ExtensionConfigurationException refused(String why) {
        return new ExtensionConfigurationException(wrapped(why));
    }

    /** Breaks a text into lines of a terminal. */
    static String wrapped(String text) {
        return String.join("\n", Wrapping.sentence(PlainText.escape(text)));
    }

    private static String refusal(String name) {
        return wrapped("there is no setting " + name + "; did you mean " + nearest(name) + "?");
    }

    private static String nearest(String name) {
        return Stream.of(TtMemoryCheckSettings.BASELINE, TtMemoryCheckSettings.CAPACITY)
                .filter(prefix -> name.startsWith(prefix) && isHalfOfDevice(name.substring(prefix.length())))
                .findFirst()
                .map(SettingNames::ofDevices)
                .orElseGet(() -> closest(name));
    }

    /** Tells whether what stands behind the prefix names a device or a kind, rightly or not. */
    private static boolean isHalfOfDevice(String rest) {
        return rest.contains(".")
                || rest.matches("\\*|-?\\d+")
                || MemoryKind.byName(rest).isPresent();
    }

    private static String ofDevices(String prefix) {
        return prefix + "<device|*>.<"
                + Arrays.stream(MemoryKind.values()).map(MemoryKind::attribute).collect(Collectors.joining("|")) + ">";
    }

    private static String closest(String name) {
        String capacity = TtMemoryCheckSettings.CAPACITY;
        return Stream.concat(KNOWN.stream(), Stream.of(capacity))
                .min(Comparator.comparing((String known) -> !known.startsWith(name + "."))
                        .thenComparingInt(known -> distance(known, name)))
                .map(known -> known.equals(capacity) ? ofDevices(capacity) : known)
                .orElseThrow();
    }

    /** How many letters must be put in, taken out or replaced to make one name of the other. */
    private static int distance(String left, String right) {
        int[] before = new int[right.length() + 1];
        Arrays.setAll(before, i -> i);
        for (int i = 1; i <= left.length(); i++) {
            int[] now = new int[right.length() + 1];
            now[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = before[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[right.length()];
    }
}
