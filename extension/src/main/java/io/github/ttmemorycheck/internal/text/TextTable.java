package io.github.ttmemorycheck.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** Lines of aligned cells. Not thread-safe. */
public final class TextTable {

    private static final String GAP = "  ";

    private final String indent;
    private final String alignment;
    private final List<List<String>> rows = new ArrayList<>();

    /** Starts a table; its alignment has a letter for each column: {@code l} for left, {@code r} for right. */
    public TextTable(String indent, String alignment) {
        this.indent = indent;
        this.alignment = alignment;
    }

    /** Adds a row with a cell for each column; a cell may have several lines. */
    public void add(String... cells) {
        List<List<String>> split =
                Stream.of(cells).map(cell -> cell.lines().toList()).toList();
        int height = split.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < height; i++) {
            int line = i;
            rows.add(split.stream()
                    .map(cell -> line < cell.size() ? cell.get(line) : "")
                    .toList());
        }
    }

    /** Makes the lines. A column without any text takes no room, and no figure is ever cut: a line may be too wide. */
    public List<String> lines() {
        int[] widths = new int[alignment.length()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], PlainText.width(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    /** Returns whether no line is wider than a message. */
    public boolean fits() {
        return lines().stream().allMatch(line -> PlainText.width(line) <= Wrapping.COLUMNS);
    }

    private String line(List<String> row, int[] widths) {
        StringJoiner line = new StringJoiner(GAP, indent, "");
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > 0) {
                String cell = row.get(i);
                String fill = " ".repeat(widths[i] - PlainText.width(cell));
                line.add(alignment.charAt(i) == 'r' ? fill + cell : cell + fill);
            }
        }
        return line.toString().stripTrailing();
    }
}
