package io.github.ttmemorycheck.internal.runreport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The report of a build: its summary, and the runs as they were written.
 *
 * @param tally what they amount to
 * @param parts the files of the runs
 * @param writtenAt the moment
 */
record JoinedReport(Tally tally, List<Path> parts, Instant writtenAt) {

    /** Rises when a reader of the format before could misunderstand this one. */
    static final int VERSION = 1;

    void write(Appendable out) throws IOException {
        new JsonWriter(out).object(json -> {
            json.name("format").value("tt-memory-check run report");
            json.name("version").value(VERSION);
            json.name("writtenAt").value(writtenAt.toString());
            json.name("summary").object(this::writeSummary);
            json.name("runs").list(parts, true, (to, part) -> to.raw(Files.readString(part)));
        });
        out.append('\n');
    }

    private void writeSummary(JsonWriter json) throws IOException {
        json.name("processes").value(tally.processes());
        json.name("runs").value(tally.runs());
        json.name("tests").value(tally.tests());
        json.name("leaked").value(tally.leaked());
        json.name("classesLeaked").value(tally.classesLeaked());
        json.name("grew").value(tally.grew());
        json.name("known").value(tally.known());
        json.name("withinBaseline").value(tally.allowed());
        json.name("inconclusive").value(tally.inconclusive());
        json.name("recovered").value(tally.recovered());
        json.name("waiversGone").value(tally.waiversGone());
        json.name("lateReleases").value(tally.lateReleases());
        json.name("ownNanos").value(tally.ownNanos());
        json.name("waitedNanos").value(tally.waitedNanos());
        json.name("unchecked")
                .list(
                        tally.unchecked(),
                        false,
                        (to, what) -> to.object(of ->
                                of.name("name").value(what.name()).name("why").value(what.why())));
    }
}
