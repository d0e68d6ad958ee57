package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.Diagnosis;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;

/** Writes the details of a leak. */
final class LeakJson {

    private LeakJson() {}

    static void write(JsonWriter json, LeakReport leak, int buffersInAll) throws IOException {
        json.object(row -> {
            row.name("fingerprint").value(leak.fingerprint());
            FindingJson.write(row.name("findings"), leak.findings());
            row.name("buffersInAll").value(buffersInAll);
            row.name("buffers").list(leak.buffers(), false, (to, buffer) -> to.object(of -> write(of, buffer, leak)));
            row.name("commands")
                    .list(
                            new TreeMap<>(leak.commands()).entrySet(),
                            false,
                            (to, command) -> to.object(of -> of.name("pid")
                                    .value(command.getKey())
                                    .name("command")
                                    .value(command.getValue())));
            row.name("ended").list(leak.ended(), false, (to, process) -> to.object(of -> write(of, process)));
            FindingJson.write(row.name("cache"), leak.cache());
            row.name("notes").list(leak.notes(), false, JsonWriter::value);
            row.name("diagnoses")
                    .list(leak.diagnoses(), false, (to, diagnosis) -> to.object(of -> write(of, diagnosis)));
            row.name("settledNanos").value(leak.measurement().settled().toNanos());
            row.name("collections").value(leak.measurement().collections());
            row.name("collectionNote").value(leak.measurement().collectionNote());
            if (leak.dump().isPresent()) {
                row.name("dump").value(String.valueOf(Path.of(leak.dump().get()).getFileName()));
            }
        });
    }

    private static void write(JsonWriter json, DeviceBuffer buffer, LeakReport leak) throws IOException {
        json.name("device").value(buffer.device());
        json.name("kind").value(buffer.kind().name());
        json.name("address").value("0x" + Long.toHexString(buffer.address()));
        json.name("size").raw(Long.toUnsignedString(buffer.size()));
        json.name("refCount").value(buffer.refCount());
        json.name("allocations").value(buffer.allocations());
        json.name("pid").value(buffer.processId());
        json.name("order").value(buffer.order());
        json.name("sinceStartNanos").value(buffer.seenAtNanos() - leak.startedAtNanos());
    }

    private static void write(JsonWriter json, EndedProcess process) throws IOException {
        json.name("pid").value(process.processId());
        json.name("command").value(process.command());
        json.name("buffers").value(process.buffers());
        DeviceFolding.write(json.name("held"), process.held());
    }

    private static void write(JsonWriter json, Diagnosis diagnosis) throws IOException {
        json.name("rule").value(diagnosis.rule());
        json.name("conclusion").value(diagnosis.conclusion());
        json.name("evidence").value(diagnosis.evidence());
        json.name("fixes").list(diagnosis.fixes(), false, JsonWriter::value);
    }
}
