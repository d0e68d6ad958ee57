package io.github.ttmemorycheck.internal.text;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Device numbers, written as ranges: {@code 0-2, 4-7}. */
public final class DeviceRanges {

    private DeviceRanges() {}

    /** The ranges of the devices, whatever the width. */
    public static String of(Collection<Integer> devices) {
        return text(DeviceRange.of(devices));
    }

    /** The ranges of the devices as far as the columns go, then how many more devices there are. */
    public static String of(Collection<Integer> devices, int columns) {
        List<DeviceRange> ranges = DeviceRange.of(devices);
        String all = text(ranges);
        if (all.length() <= columns) {
            return all;
        }
        int left = ranges.stream().mapToInt(DeviceRange::size).sum();
        String cut = left + " devices";
        StringBuilder named = new StringBuilder();
        for (DeviceRange range : ranges) {
            named.append(range).append(", ");
            left -= range.size();
            String longer = named + "+" + left + " more";
            if (longer.length() > columns) {
                break;
            }
            cut = longer;
        }
        return cut;
    }

    /** {@code device 3} or {@code devices 0-2, 4-7}, whatever the width. */
    public static String named(Collection<Integer> devices) {
        return (devices.size() == 1 ? "device " : "devices ") + of(devices);
    }

    /** {@code device 3} or {@code devices 0-2, 4-7}, in so many columns. */
    public static String named(Collection<Integer> devices, int columns) {
        return devices.size() == 1 ? named(devices) : "devices " + of(devices, columns - "devices ".length());
    }

    private static String text(List<DeviceRange> ranges) {
        return ranges.stream().map(DeviceRange::toString).collect(Collectors.joining(", "));
    }
}
