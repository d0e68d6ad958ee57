package io.github.ttmemorycheck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Replaces the table of a page, between its two markers. */
final class Page {

    static final String BEGIN = "<!-- figures: written by mvn -Pbench verify -->\n";
    static final String END = "<!-- end of the figures -->\n";

    private Page() {}

    static String table(List<Row> rows) {
        StringBuilder table = new StringBuilder(Row.HEADER);
        rows.forEach(row -> table.append(row.line()));
        return table.toString();
    }

    static void write(Path page, String machine, List<Row> rows) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no place for the figures, which is between the lines\n" + BEGIN + END);
        }
        Files.writeString(
                page,
                text.substring(0, begin) + BEGIN + "\nMeasured on: " + machine + ".\n\n" + table(rows) + "\n"
                        + text.substring(end));
    }
}
