package io.github.ttmemorycheck.internal.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Columns of amounts of memory: one unit in each, decimal points below each other, and nothing that differs looks the
 * same.
 */
public final class SizeColumns {

    /** How tables of figures write 0. */
    public static final String NONE = "-";

    private static final String NO_DECIMALS = "   ";

    /** What is held at the largest figure there is; it stands for that and all above. */
    private static final String LARGEST = "8+ EiB";

    /** A column wider than this has amounts too different for one unit, which only wrong reports have. */
    private static final int WIDEST = 16;

    private SizeColumns() {}

    /**
     * Writes columns of equal length.
     *
     * @param columns amounts in bytes, taken as unsigned
     * @param zero what stands for 0
     * @return the cells, to be aligned at the right
     */
    public static List<List<String>> of(List<List<Long>> columns, String zero) {
        List<SizeUnit> units = new ArrayList<>(
                columns.stream().map(SizeColumns::known).map(SizeUnit::of).toList());
        Set<Integer> alike = alike(columns, units);
        while (!alike.isEmpty()) {
            alike.forEach(column -> units.set(column, units.get(column).smaller()));
            alike = alike(columns, units);
        }
        List<List<String>> cells = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            cells.add(cells(columns.get(i), units.get(i), zero));
        }
        exact(cells, columns);
        return cells;
    }

    /** Where amounts were too different for one unit, writes those to the byte that would look the same. */
    private static void exact(List<List<String>> cells, List<List<Long>> columns) {
        Map<String, Set<Long>> meanings = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            for (int j = 0; j < columns.get(i).size(); j++) {
                meanings.computeIfAbsent(cells.get(i).get(j).replace(NO_DECIMALS, ""), unseen -> new HashSet<>())
                        .add(columns.get(i).get(j));
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            List<String> column = new ArrayList<>(cells.get(i));
            for (int j = 0; j < column.size(); j++) {
                long size = columns.get(i).get(j);
                boolean alike = meanings.getOrDefault(column.get(j).replace(NO_DECIMALS, ""), Set.of())
                                .size()
                        > 1;
                if (alike && !isLargest(size)) {
                    column.set(j, cell(new SizeUnit(0), size, false));
                }
            }
            cells.set(i, column);
        }
    }

    private static List<Long> known(List<Long> column) {
        return column.stream().filter(size -> !isLargest(size)).toList();
    }

    private static boolean isLargest(long size) {
        return size < 0 || size == Long.MAX_VALUE;
    }

    /** Finds columns that write an amount just as another column writes another amount, and can be more exact. */
    private static Set<Integer> alike(List<List<Long>> columns, List<SizeUnit> units) {
        Map<String, Map<Long, Set<Integer>>> meanings = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            for (long size : known(columns.get(i))) {
                String text = units.get(i).number(size) + units.get(i).label();
                meanings.computeIfAbsent(text, unseen -> new HashMap<>())
                        .computeIfAbsent(size, unseen -> new HashSet<>())
                        .add(i);
            }
        }
        Set<Integer> alike = new HashSet<>();
        meanings.values().stream()
                .filter(sizes -> sizes.size() > 1)
                .forEach(sizes -> sizes.values().forEach(alike::addAll));
        alike.removeIf(column -> units.get(column).step() == 0);
        return alike;
    }

    private static List<String> cells(List<Long> column, SizeUnit unit, String zero) {
        boolean decimals =
                known(column).stream().anyMatch(size -> unit.number(size).contains("."));
        List<String> cells = column.stream()
                .map(size -> size == 0 ? zero : isLargest(size) ? LARGEST : cell(unit, size, decimals))
                .toList();
        return cells.stream().noneMatch(cell -> cell.length() > WIDEST)
                ? cells
                : column.stream()
                        .map(size -> size == 0 ? zero : isLargest(size) ? LARGEST : ownUnit(size))
                        .toList();
    }

    private static String ownUnit(long size) {
        return cell(SizeUnit.of(List.of(size)), size, false);
    }

    private static String cell(SizeUnit unit, long size, boolean decimals) {
        String number = unit.number(size);
        return number + (decimals && !number.contains(".") ? NO_DECIMALS : "") + " " + unit.label();
    }
}
