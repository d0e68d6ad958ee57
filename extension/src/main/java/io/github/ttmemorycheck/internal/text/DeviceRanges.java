package io.github.ttmemorycheck.internal.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Device numbers, written as ranges: {@code 0-2, 4-7}. */
public final class DeviceRanges {

    private DeviceRanges() {}

    /** The ranges of the devices, whatever the width. */
    public static String of(Collection<Integer> devices) {
        return String.join(", ", ranges(new TreeSet<>(devices)));
    }

    /** The ranges of the devices as far as the columns go, then how many more devices there are. */
    public static String of(Collection<Integer> devices, int columns) {
        String all = of(devices);
        if (all.length() <= columns) {
            return all;
        }
        NavigableSet<Integer> sorted = new TreeSet<>(devices);
        StringBuilder text = new StringBuilder();
        String more = sorted.size() + " devices";
        int named = 0;
        for (String range : ranges(sorted)) {
            text.append(range).append(", ");
            named += sizeOf(range, sorted);
            String candidate = text + "+" + (sorted.size() - named) + " more";
            if (candidate.length() > columns) {
                break;
            }
            more = candidate;
        }
        return more;
    }

    /** {@code device 3} or {@code devices 0-2, 4-7}, in so many columns. */
    public static String named(Collection<Integer> devices, int columns) {
        return devices.size() == 1 ? "device " + of(devices) : "devices " + of(devices, columns - "devices ".length());
    }

    private static int sizeOf(String range, NavigableSet<Integer> devices) {
        int to = range.indexOf('-', 1);
        if (to < 0 || range.charAt(0) == '-') {
            return 1;
        }
        return devices.subSet(
                        Integer.valueOf(range.substring(0, to)), true, Integer.valueOf(range.substring(to + 1)), true)
                .size();
    }

    private static List<String> ranges(NavigableSet<Integer> devices) {
        List<String> ranges = new ArrayList<>();
        Iterator<Integer> numbers = devices.iterator();
        int next = numbers.hasNext() ? numbers.next() : 0;
        for (int left = devices.size(); left > 0; ) {
            int first = next;
            int last = first;
            left--;
            while (left > 0) {
                next = numbers.next();
                // A negative number is written alone, since a range of those could not be read.
                if (first < 0 || next != last + 1) {
                    break;
                }
                last = next;
                left--;
            }
            ranges.add(first == last ? Integer.toString(first) : first + "-" + last);
        }
        return ranges;
    }
}
