package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;

/** Writes the details of a leak. */
final class LeakJson {

    private LeakJson() {}

    static void write(JsonWriter json, LeakReport leak, int buffersInAll) throws IOException {
        json.object("leak", of -> members(of, leak, buffersInAll));
    }

    private static void members(JsonWriter json, LeakReport leak, int buffersInAll) throws IOException {
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

    private static void write(JsonWriter json, DeviceBuffer buffer, long startedAtNanos) throws IOException {
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
}
