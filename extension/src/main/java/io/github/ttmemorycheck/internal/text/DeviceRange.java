package io.github.ttmemorycheck.internal.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Device numbers that follow each other.
 *
 * @param first the smallest
 * @param last the largest; the first itself where it stands alone
 */
public record DeviceRange(int first, int last) {

    /**
     * Puts devices together, ascending. A negative number, which only a wrong report has, stays alone: a range of those
     * could not be read.
     */
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

    /** For example {@code 3} or {@code 0-2}. */
    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
