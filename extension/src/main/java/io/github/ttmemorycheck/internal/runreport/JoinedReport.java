package io.github.ttmemorycheck.internal.runreport;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * The report of a build: its summary, and the runs as their processes wrote them; as JSON, and as a page that holds the
 * same JSON, its style and its program, and asks the network for nothing. {@link JsonWriter} sees to it that no text in
 * the data can end its element of the page.
 */
final class JoinedReport {

    /** Rises when a reader of the version before could misunderstand this one. */
    private static final int VERSION = 1;

    private static final List<String> PROGRAM = List.of("page-data.js", "page-chart.js", "page-tests.js", "page.js");

    private JoinedReport() {}

    /** Writes the JSON around that of the runs. */
    static String json(Tally tally, List<String> runs, Instant writtenAt) {
        return new JsonWriter()
                        .object(json -> json.field("format", "tt-memory-check run report")
                                .field("version", VERSION)
                                .field("writtenAt", writtenAt.toString())
                                .object("summary", summary -> write(summary, tally))
                                .list("runs", runs, (to, run) -> to.line().raw(run)))
                + "\n";
    }

    private static void write(JsonWriter json, Tally tally) {
        json.field("processes", tally.processes()).field("runs", tally.runs());
        for (Count count : Count.values()) {
            json.field(count.member(), tally.of(count));
        }
        json.field("ownNanos", tally.ownNanos())
                .field("waitedNanos", tally.waitedNanos())
                .objects(
                        "unchecked",
                        tally.unchecked(),
                        (row, what) -> row.field("id", what.id())
                                .field("name", what.name())
                                .field("why", what.why()));
    }

    /** Writes the page around the JSON. */
    static String page(String json) throws IOException {
        String[] frame = resource("page.html").split("@@(style|data|program)@@", -1);
        StringBuilder page = new StringBuilder(frame[0]).append(resource("page.css"));
        page.append(frame[1]).append(json).append(frame[2]);
        for (String piece : PROGRAM) {
            page.append(resource(piece));
        }
        return page.append(frame[3]).toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = JoinedReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the resource " + name + " is missing from the library's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
