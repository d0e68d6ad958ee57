package io.github.ttmemorycheck;

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
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Which settings there are, and which one somebody meant who wrote another. */
final class SettingNames {

    /** The name of a baseline for a device and a kind; group 1 is the device or a star, group 2 the kind. */
    static final Pattern DEVICE_BASELINE =
            Pattern.compile(Pattern.quote(TtMemoryCheckSettings.BASELINE) + "(\\*|-?\\d+)\\.(\\w+)");

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

    /** Returns all settings but those of devices. */
    static List<String> known() {
        return KNOWN;
    }

    /** Refuses names under the prefix that do not exist. */
    static void check(Collection<String> names) {
        Set<String> unknown = new TreeSet<>();
        for (String name : names) {
            if (name.startsWith(TtMemoryCheckSettings.PREFIX) && !KNOWN.contains(name) && !isBaseline(name)) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw new ExtensionConfigurationException(
                    unknown.stream().map(SettingNames::refusal).collect(Collectors.joining("\n"))
                            + "\nall settings: " + String.join(", ", KNOWN) + ", "
                            + TtMemoryCheckSettings.BASELINE + "<device|*>.<kind>");
        }
    }

    private static boolean isBaseline(String name) {
        Matcher matcher = DEVICE_BASELINE.matcher(name);
        return matcher.matches() && MemoryKind.byName(matcher.group(2)).isPresent();
    }

    private static String refusal(String name) {
        return "there is no setting " + name + "; did you mean " + nearest(name) + "?";
    }

    private static String nearest(String name) {
        if (name.startsWith(TtMemoryCheckSettings.BASELINE)) {
            String kinds = Arrays.stream(MemoryKind.values())
                    .map(MemoryKind::attribute)
                    .collect(Collectors.joining("|"));
            String pattern = TtMemoryCheckSettings.BASELINE + "<device|*>.<" + kinds + ">";
            return name.substring(TtMemoryCheckSettings.BASELINE.length()).contains(".") ? pattern : closest(name);
        }
        return closest(name);
    }

    private static String closest(String name) {
        return KNOWN.stream()
                .min(Comparator.comparingInt(known -> distance(known, name)))
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
