package io.github.ttmemorycheck.internal.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * What is alike on several devices, folded into one row: a mesh whose 64 devices all hold the same takes no more room
 * than one device.
 *
 * @param devices the devices
 * @param items what was folded, in its order; at least one, alike but for their devices
 */
public record DeviceRow<T>(NavigableSet<Integer> devices, List<T> items) {

    /**
     * Folds items into rows, in the order of the first item of each.
     *
     * @param device the device of an item
     * @param figures what items of one row have in common, for example a list of their figures
     */
    public static <T> List<DeviceRow<T>> fold(Collection<T> items, ToIntFunction<T> device, Function<T, ?> figures) {
        Map<Object, DeviceRow<T>> rows = new LinkedHashMap<>();
        for (T item : items) {
            DeviceRow<T> row = rows.computeIfAbsent(
                    figures.apply(item), unseen -> new DeviceRow<>(new TreeSet<>(), new ArrayList<>()));
            row.devices.add(device.applyAsInt(item));
            row.items.add(item);
        }
        return List.copyOf(rows.values());
    }

    /** Returns the first item, whose figures are those of all. */
    public T first() {
        return items.get(0);
    }
}
