package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.IOException;

/**
 * Writes a run as JSON: one element of the list {@code runs} in {@code report.json}. A figure of memory that is not
 * written is as it was; and what a clean test has nothing to say about is left out, so that ten thousand of them stay
 * readable.
 */
final class RunJson {

    private final RunRecord run;

    /** What a reader of the checks that are written so far takes to be held. */
    private MemoryTotals heldByNow = MemoryTotals.NONE;

    private RunJson(RunRecord run) {
        this.run = run;
    }

    static void write(RunRecord run, Appendable out) throws IOException {
        new JsonWriter(out).object(new RunJson(run)::write);
    }

    private void write(JsonWriter json) throws IOException {
        json.field("pid", run.processId())
                .field("startedAt", run.startedAt().toString())
                .field("complete", run.complete())
                .field("tracker", run.tracker())
                .texts("deviceTypes", run.deviceTypes())
                .objects(
                        "settings",
                        run.settings(),
                        (row, setting) -> row.field("name", setting.key())
                                .field("value", setting.value())
                                .field("source", setting.origin()))
                .objectLines("checks", run.checks(), this::write)
                .objectLines("failures", run.failures(), RunJson::write)
                .field("moreFailures", run.moreFailures())
                .objectLines("lateReleases", run.lateReleases(), RunJson::write)
                .field("moreLateReleases", run.moreLateReleases())
                .objectLines(
                        "waivers",
                        run.waivers(),
                        (row, waiver) -> row.field("annotation", waiver.annotation())
                                .field("place", waiver.place())
                                .field("class", waiver.className())
                                .field("method", waiver.method())
                                .field("state", waiver.state()))
                .object(
                        "ledger",
                        ledger -> ledger.field("note", run.ledger().note())
                                .field("more", run.ledger().more())
                                .objectLines("holdings", run.ledger().holdings(), RunJson::write));
    }

    private static void subject(JsonWriter json, Subject subject) throws IOException {
        json.field("id", subject.uniqueId())
                .field("name", subject.name())
                .field("class", subject.className())
                .field("scope", subject.scope().word());
    }

    private void write(JsonWriter json, CheckEntry check) throws IOException {
        subject(json, check.subject());
        json.field("startNanos", check.startNanos() - run.startNanos())
                .field("endNanos", check.endNanos() - run.startNanos())
                .field("verdict", MemoryJson.word(check.verdict()));
        if (check.result() != CheckEntry.TestResult.PASSED) {
            json.field("outcome", check.result().word());
        }
        json.object("cost", cost -> write(cost, check.cost()));
        if (check.subject().isTest() && check.verdict() != Verdict.INCONCLUSIVE) {
            changes(json, "before", heldByNow, check.before());
            changes(json, "after", check.before(), check.after());
            heldByNow = check.after();
        }
        if (!check.findings().isEmpty()) {
            MemoryJson.findings(json, "left", check.findings());
        }
        if (check.cache().programs() > 0
                || !check.cache().released().isZero()
                || !check.cache().notCleared().isEmpty()) {
            MemoryJson.cache(json, check.cache());
        }
        if (!check.notes().isEmpty()) {
            json.texts("notes", check.notes());
        }
    }

    private static void changes(JsonWriter json, String name, MemoryTotals before, MemoryTotals now)
            throws IOException {
        if (!before.equals(now)) {
            MemoryJson.changes(json, name, before, now);
        }
    }

    private static void write(JsonWriter json, CheckCost cost) throws IOException {
        json.field("mark", cost.mark()).field("clear", cost.clear()).field("measure", cost.measure());
        if (cost.waited() > 0) {
            json.field("collect", cost.collect()).field("settle", cost.settle());
        }
    }

    private static void write(JsonWriter json, Failure failure) throws IOException {
        subject(json, failure.subject());
        json.field("kind", failure.kind().word())
                .field("failed", failure.failed())
                .field("message", failure.message());
        if (failure.leak().isPresent()) {
            LeakJson.write(json, failure.leak().get(), failure.buffers());
        }
    }

    private static void write(JsonWriter json, LateRelease late) throws IOException {
        json.field("holder", late.holder().name())
                .object("holderSubject", of -> subject(of, late.holder()))
                .field("during", late.during().name())
                .object("duringSubject", of -> subject(of, late.during()));
        MemoryJson.figures(json, "freed", late.freed());
    }

    private static void write(JsonWriter json, Holding holding) throws IOException {
        json.field("holder", holding.holderName());
        if (holding.holder().isPresent()) {
            json.object("holderSubject", of -> subject(of, holding.holder().get()));
        }
        json.field("pid", holding.processId())
                .field("command", holding.command())
                .field("device", holding.pool().device())
                .field("kind", holding.pool().kind().name())
                .field("bytes", holding.bytes())
                .field("buffers", holding.buffers());
    }
}
