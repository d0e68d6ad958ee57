package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.nio.file.Path;
import java.util.TreeMap;

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

    static String of(RunRecord run) {
        return new JsonWriter().object(new RunJson(run)::write).toString();
    }

    private void write(JsonWriter json) {
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
                        (row, use) -> row.field("annotation", use.waiver().annotation())
                                .field("place", use.waiver().place().toString())
                                .field("class", use.waiver().place().className())
                                .field("method", use.waiver().place().method())
                                .field("state", use.state()))
                .object(
                        "ledger",
                        ledger -> ledger.field("note", run.ledger().note())
                                .field("more", run.ledger().more())
                                .objectLines("holdings", run.ledger().holdings(), RunJson::write));
    }

    private static void subject(JsonWriter json, Subject subject) {
        json.field("id", subject.uniqueId())
                .field("name", subject.name())
                .field("class", subject.className())
                .field("scope", subject.scope().word());
    }

    private void write(JsonWriter json, CheckEntry check) {
        subject(json, check.subject());
        json.field("startNanos", check.startNanos() - run.startNanos())
                .field("endNanos", check.endNanos() - run.startNanos())
                .word("verdict", check.verdict());
        if (check.result() != CheckEntry.TestResult.PASSED) {
            json.word("outcome", check.result());
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

    private static void changes(JsonWriter json, String name, MemoryTotals before, MemoryTotals now) {
        if (!before.equals(now)) {
            MemoryJson.changes(json, name, before, now);
        }
    }

    private static void write(JsonWriter json, CheckCost cost) {
        json.field("mark", cost.mark()).field("clear", cost.clear()).field("measure", cost.measure());
        if (cost.waited() > 0) {
            json.field("collect", cost.collect()).field("settle", cost.settle());
        }
    }

    private static void write(JsonWriter json, Failure failure) {
        subject(json, failure.subject());
        json.word("kind", failure.kind()).field("failed", failure.failed()).field("message", failure.message());
        failure.leak().ifPresent(leak -> json.object("leak", of -> write(of, leak, failure.buffers())));
    }

    private static void write(JsonWriter json, LeakReport leak, int buffersInAll) {
        json.field("fingerprint", leak.fingerprint());
        MemoryJson.findings(json, "findings", leak.findings());
        json.field("buffersInAll", buffersInAll)
                .objects("buffers", leak.buffers(), (row, buffer) -> write(row, buffer, leak.startedAtNanos()))
                .objects(
                        "commands",
                        new TreeMap<>(leak.commands()).entrySet(),
                        (row, command) -> row.field("pid", command.getKey()).field("command", command.getValue()))
                .objects("ended", leak.ended(), (row, process) -> {
                    row.field("pid", process.processId())
                            .field("command", process.command())
                            .field("buffers", process.buffers());
                    MemoryJson.figures(row, "held", process.held());
                });
        MemoryJson.cache(json, leak.cache());
        json.texts("notes", leak.notes())
                .objects(
                        "diagnoses",
                        leak.diagnoses(),
                        (row, diagnosis) -> row.field("rule", diagnosis.rule())
                                .field("conclusion", diagnosis.conclusion())
                                .field("evidence", diagnosis.evidence())
                                .texts("fixes", diagnosis.fixes()))
                .field("settledNanos", leak.measurement().settled().toNanos())
                .field("collections", leak.measurement().collections())
                .field("collectionNote", leak.measurement().collectionNote());
        if (!leak.dump().isEmpty()) {
            json.field("dump", String.valueOf(Path.of(leak.dump()).getFileName()));
        }
    }

    private static void write(JsonWriter json, DeviceBuffer buffer, long startedAtNanos) {
        json.field("device", buffer.device())
                .field("kind", buffer.kind().name())
                .field("address", "0x" + Long.toHexString(buffer.address()))
                .unsigned("size", buffer.size())
                .field("refCount", buffer.refCount())
                .field("allocations", buffer.allocations())
                .field("pid", buffer.processId())
                .field("order", buffer.order())
                .field("sinceStartNanos", buffer.seenAtNanos() - startedAtNanos);
    }

    private static void write(JsonWriter json, LateRelease late) {
        json.field("holder", late.holder().name())
                .object("holderSubject", of -> subject(of, late.holder()))
                .field("during", late.during().name())
                .object("duringSubject", of -> subject(of, late.during()));
        MemoryJson.figures(json, "freed", late.freed());
    }

    private static void write(JsonWriter json, Holding holding) {
        json.field("holder", holding.holderName());
        holding.holder().ifPresent(holder -> json.object("holderSubject", of -> subject(of, holder)));
        json.field("pid", holding.processId())
                .field("command", holding.command())
                .field("device", holding.pool().device())
                .field("kind", holding.pool().kind().name())
                .field("bytes", holding.bytes())
                .field("buffers", holding.buffers());
    }
}
