package io.github.ttmemorycheck.internal.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Device numbers, written as ranges: {@code 0-2, 4-7}. */
public final class DeviceRanges {

    /** Device numbers that follow each other, from the first to the last; one that stands alone is both. */
    public record DeviceRange(int first, int last) {

        /** Puts devices together, ascending. A negative number, which only a wrong report has, stays alone. */
        public static List<DeviceRange> of(Collection<Integer> devices) {
            List<DeviceRange> ranges = new ArrayList<>();
            for (int device : new TreeSet<>(devices)) {
                int end = ranges.size() - 1;
                if (end >= 0 && ranges.get(end).isFollowedBy(device)) {
                    ranges.set(end, new DeviceRange(ranges.get(end).first(), device));
                } else {
                    ranges.add(new DeviceRange(device, device));
                }
            }
            return ranges;
        }

        private boolean isFollowedBy(int device) {
            return first >= 0 && device == last + 1;
        }

        int size() {
            return last - first + 1;
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    private DeviceRanges() {}

    /** The ranges of the devices, whatever the width. */
    public static String of(Collection<Integer> devices) {
        return DeviceRange.of(devices).stream().map(DeviceRange::toString).collect(Collectors.joining(", "));
    }

    /** The ranges of the devices as far as the columns go, then how many more devices there are. */
    public static String of(Collection<Integer> devices, int columns) {
        String all = of(devices);
        if (all.length() <= columns) {
            return all;
        }
        List<DeviceRange> ranges = DeviceRange.of(devices);
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
}
