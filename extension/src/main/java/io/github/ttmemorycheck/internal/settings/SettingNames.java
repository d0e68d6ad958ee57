package io.github.ttmemorycheck.internal.settings;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which settings there are, and which one somebody meant who wrote another. */
public final class SettingNames {

    /** What follows the key of a size: a device or a star, a dot, and a kind. */
    private static final Pattern DEVICE_AND_KIND = Pattern.compile("(\\*|-?\\d+)\\.(\\w+)");

    /** Characters of a key that is looked for among the others; none has half as many. */
    private static final int LONGEST = 200;

    private static final List<String> KNOWN = Setting.ALL.stream()
            .filter(setting -> !setting.isOfDevices())
            .map(Setting::key)
            .sorted()
            .toList();

    private SettingNames() {}

    /** Refuses keys under the prefix that do not exist. */
    static void check(Collection<String> keys) {
        Set<String> unknown = new TreeSet<>();
        for (String key : keys) {
            if (key.startsWith(SettingKeys.PREFIX) && !KNOWN.contains(key) && !isOfDevice(key)) {
                unknown.add(key);
            }
        }
        if (!unknown.isEmpty()) {
            throw SettingException.ofLines(
                    unknown.stream().map(SettingNames::refusal).collect(Collectors.joining("\n"))
                            + "\n"
                            + SettingException.wrapped("all settings: " + String.join(", ", KNOWN) + ", "
                                    + SettingKeys.BASELINE + "<device|*>.<kind>, "
                                    + SettingKeys.CAPACITY + "<device|*>.<kind>"));
        }
    }

    private static boolean isOfDevice(String key) {
        return Stream.of(SettingKeys.BASELINE, SettingKeys.CAPACITY)
                .filter(prefix -> key.startsWith(prefix) && key.length() <= LONGEST)
                .map(prefix -> DEVICE_AND_KIND.matcher(key.substring(prefix.length())))
                .anyMatch(matcher ->
                        matcher.matches() && MemoryKind.byName(matcher.group(2)).isPresent());
    }

    /** Returns the device and the kind that a key names behind a prefix; empty where it names none. */
    static Optional<MemoryPool> pool(String prefix, String key) {
        Matcher matcher = DEVICE_AND_KIND.matcher(key.substring(prefix.length()));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String number = matcher.group(1);
        return MemoryKind.byName(matcher.group(2))
                .map(kind -> new MemoryPool(number.equals("*") ? DeviceSizes.ALL : device(key, number), kind));
    }

    private static int device(String key, String number) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException tooLarge) {
            throw SettingException.refused(
                    "there is no device " + number + ", which the setting " + key
                            + " names; a device's number has 32 bits",
                    tooLarge);
        }
    }

    private static String refusal(String key) {
        if (key.length() > LONGEST) {
            return SettingException.wrapped(
                    "there is no setting " + key.substring(0, LONGEST) + "..., of " + key.length() + " characters");
        }
        return SettingException.wrapped("there is no setting " + key + "; did you mean " + nearest(key) + "?");
    }

    private static String nearest(String key) {
        return Stream.of(SettingKeys.BASELINE, SettingKeys.CAPACITY)
                .filter(prefix -> key.startsWith(prefix) && isHalfOfDevice(key.substring(prefix.length())))
                .findFirst()
                .map(SettingNames::ofDevices)
                .orElseGet(() -> closest(key));
    }

    /** Returns whether what stands behind the prefix names a device or a kind, rightly or not. */
    private static boolean isHalfOfDevice(String rest) {
        return rest.contains(".")
                || rest.matches("\\*|-?\\d+")
                || MemoryKind.byName(rest).isPresent();
    }

    private static String ofDevices(String prefix) {
        return prefix + "<device|*>.<"
                + Arrays.stream(MemoryKind.values()).map(MemoryKind::attribute).collect(Collectors.joining("|")) + ">";
    }

    private static String closest(String key) {
        String capacity = SettingKeys.CAPACITY;
        return Stream.concat(KNOWN.stream(), Stream.of(capacity))
                .min(Comparator.comparing((String known) -> !known.startsWith(key + "."))
                        .thenComparingInt(known -> distance(known, key)))
                .map(known -> known.equals(capacity) ? ofDevices(capacity) : known)
                .orElseThrow();
    }

    /** How many letters must be put in, taken out or replaced to make one word of the other. */
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
