package io.github.ttmemorycheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeakReportTests {

    private static final MemoryTotals TOTALS = MemoryTotals.builder()
            .add(0, MemoryKind.DRAM, 8)
            .add(3, MemoryKind.KERNEL, Long.MAX_VALUE)
            .add(7, MemoryKind.L1, 0)
            .build();

    static LeakReport withFindings(List<Finding> findings) {
        return report(findings, CacheRelease.NO_DEVICE, "");
    }

    private static LeakReport report(CacheRelease cache, String dump) {
        return report(List.of(new Finding(0, MemoryKind.DRAM, 0, 8, 8, 4, Verdict.LEAKED)), cache, dump);
    }

    private static LeakReport report(List<Finding> findings, CacheRelease cache, String dump) {
        return new LeakReport(
                Subjects.test("LlamaTests.decode()"),
                5,
                findings,
                List.of(new DeviceBuffer(0, MemoryKind.DRAM, 0x1000, 8, 1, 2, 4711, 17, 6)),
                Map.of(4711, "python3 worker.py"),
                List.of(new EndedProcess(812, "", 3, TOTALS)),
                cache,
                List.of("a note"),
                List.of(new Diagnosis("weights", "the weights", "So many.", List.of("free"), Set.of(MemoryKind.DRAM))),
                "4c6399",
                new Measurement(Duration.ofSeconds(1), 2, "", "embedded tracker"),
                dump);
    }

    @Test
    void a_report_is_the_same_after_it_was_serialized_and_read_back() throws Exception {
        LeakReport full = report(new CacheRelease(1, 2, TOTALS, "a trace is live"), "target/decode.dump.txt");
        LeakReport sparse = report(CacheRelease.NO_DEVICE, "");

        assertThat(readBack(full)).isEqualTo(full).hasToString(full.toString());
        assertThat(readBack(sparse)).isEqualTo(sparse);
    }

    @Test
    void totals_that_were_read_back_know_the_same_devices() throws Exception {
        assertThat(((MemoryTotals) readBack(TOTALS)).devices()).containsExactly(0, 3, 7);
        ProcessUse use = new ProcessUse(812, "python3", TOTALS);
        assertThat(readBack(use)).isEqualTo(use);
    }

    private static Object readBack(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
