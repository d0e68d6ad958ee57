package io.github.ttmemorycheck.internal.runreport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Writes the report of a build as JSON: its summary, and the runs as their processes wrote them. */
final class JoinedJson {

    /** Rises when a reader of the version before could misunderstand this one. */
    private static final int VERSION = 1;

    private JoinedJson() {}

    static void write(Tally tally, List<Path> parts, Instant writtenAt, Appendable out) throws IOException {
        new JsonWriter(out)
                .object(json -> json.field("format", "tt-memory-check run report")
                        .field("version", VERSION)
                        .field("writtenAt", writtenAt.toString())
                        .object("summary", summary -> write(summary, tally))
                        .list("runs", parts, (to, part) -> to.line().raw(Files.readString(part))));
        out.append('\n');
    }

    private static void write(JsonWriter json, Tally tally) throws IOException {
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
}
