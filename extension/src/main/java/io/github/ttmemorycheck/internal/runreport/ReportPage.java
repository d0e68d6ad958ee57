package io.github.ttmemorycheck.internal.runreport;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The page of a report: one file that holds its style, its program and the data, and asks the network for nothing. The
 * data stands in it as it stands in {@code report.json}; {@link JsonWriter} sees to it that no text in it can end the
 * element.
 */
final class ReportPage {

    private static final List<String> PROGRAM = List.of("page-data.js", "page-chart.js", "page-tests.js", "page.js");

    private ReportPage() {}

    /** Writes the page around the data in a file. */
    static void write(Path json, Appendable out) throws IOException {
        String[] frame = resource("page.html").split("@@(style|data|program)@@", -1);
        out.append(frame[0]).append(resource("page.css"));
        out.append(frame[1]).append(Files.readString(json));
        out.append(frame[2]);
        for (String piece : PROGRAM) {
            out.append(resource(piece));
        }
        out.append(frame[3]);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the resource " + name + " is missing from the library's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
