package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a run as JSON: one element of the list {@code runs} in {@code report.json}. A figure of memory that is not written
 * is as it was; and what a clean test has nothing to say about is left out, so that ten thousand of them stay readable.
 */
final class RunJson {

    private RunJson() {}

    static void write(RunRecord run, Appendable out) throws IOException {
        new JsonWriter(out).object(json -> {
            json.name("pid").value(run.processId());
            json.name("startedAt").value(run.startedAt().toString());
            json.name("complete").value(run.complete());
            json.name("tracker").value(run.tracker());
            json.name("deviceTypes").list(run.deviceTypes(), false, JsonWriter::value);
            json.name("settings")
                    .list(
                            run.settings(),
                            false,
                            (to, setting) -> to.object(of -> of.name("name")
                                    .value(setting.name())
                                    .name("value")
                                    .value(setting.value())
                                    .name("source")
                                    .value(setting.source())));
            checks(json.name("checks"), run);
            json.name("failures").list(run.failures(), true, (to, failure) -> to.object(of -> write(of, failure)));
            json.name("moreFailures").value(run.moreFailures());
            json.name("lateReleases").list(run.lateReleases(), true, (to, late) -> to.object(of -> write(of, late)));
            json.name("moreLateReleases").value(run.moreLateReleases());
            json.name("waivers")
                    .list(
                            run.waivers(),
                            true,
                            (to, waiver) -> to.object(of -> of.name("annotation")
                                    .value(waiver.annotation())
                                    .name("place")
                                    .value(waiver.place())
                                    .name("state")
                                    .value(waiver.state())));
            json.name("ledger").object(ledger -> write(ledger, run.ledger()));
        });
    }

    private static void checks(JsonWriter json, RunRecord run) throws IOException {
        List<MemoryTotals> last = new ArrayList<>(List.of(MemoryTotals.NONE));
        json.list(
                run.checks(),
                true,
                (to, check) -> to.object(of -> {
                    write(of, check, last.get(0), run.startNanos());
                    last.set(0, check.subject().isTest() ? check.after() : last.get(0));
                }));
    }

    private static void subject(JsonWriter json, Subject subject) throws IOException {
        json.name("id").value(subject.uniqueId());
        json.name("name").value(subject.name());
        json.name("class").value(subject.className());
        json.name("scope").value(subject.scope().word());
    }

    private static void write(JsonWriter json, CheckEntry check, MemoryTotals last, long start) throws IOException {
        subject(json, check.subject());
        json.name("startNanos").value(check.startNanos() - start);
        json.name("endNanos").value(check.endNanos() - start);
        json.name("verdict").value(FindingJson.word(check.verdict()));
        if (check.outcome() != CheckEntry.Outcome.PASSED) {
            json.name("outcome").value(check.outcome().word());
        }
        json.name("cost").object(cost -> write(cost, check.cost()));
        if (check.subject().isTest() && check.verdict() != Verdict.INCONCLUSIVE) {
            changes(json, "before", last, check.before());
            changes(json, "after", check.before(), check.after());
        }
        if (!check.findings().isEmpty()) {
            FindingJson.write(json.name("left"), check.findings());
        }
        if (check.cache().programs() > 0
                || !check.cache().released().isZero()
                || check.cache().notCleared().isPresent()) {
            FindingJson.write(json.name("cache"), check.cache());
        }
        if (!check.notes().isEmpty()) {
            json.name("notes").list(check.notes(), false, JsonWriter::value);
        }
    }

    private static void changes(JsonWriter json, String name, MemoryTotals from, MemoryTotals to) throws IOException {
        if (!from.equals(to)) {
            DeviceFolding.changes(json.name(name), from, to);
        }
    }

    private static void write(JsonWriter json, CheckCost cost) throws IOException {
        json.name("mark").value(cost.mark());
        json.name("clear").value(cost.clear());
        json.name("measure").value(cost.measure());
        if (cost.waited() > 0) {
            json.name("collect").value(cost.collect());
            json.name("settle").value(cost.settle());
        }
    }

    private static void write(JsonWriter json, Failure failure) throws IOException {
        subject(json, failure.subject());
        json.name("kind").value(failure.kind().word());
        json.name("failed").value(failure.failed());
        json.name("message").value(failure.message());
        if (failure.leak().isPresent()) {
            LeakJson.write(json.name("leak"), failure.leak().get(), failure.buffers());
        }
    }

    private static void write(JsonWriter json, LateRelease late) throws IOException {
        json.name("holder").value(late.holder());
        json.name("during").value(late.during());
        DeviceFolding.write(json.name("freed"), late.freed());
    }

    private static void write(JsonWriter json, LedgerEnd ledger) throws IOException {
        json.name("note").value(ledger.note());
        json.name("more").value(ledger.more());
        json.name("holdings")
                .list(
                        ledger.holdings(),
                        true,
                        (to, holding) -> to.object(of -> {
                            of.name("holder").value(holding.holder());
                            of.name("pid").value(holding.processId());
                            of.name("command").value(holding.command());
                            of.name("device").value(holding.device());
                            of.name("kind").value(holding.kind().name());
                            of.name("bytes").value(holding.bytes());
                            of.name("buffers").value(holding.buffers());
                        }));
    }
}
