package io.github.ttmemorycheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTests {

    @ParameterizedTest
    @CsvSource({
        "CLEAN, clean, false",
        "WITHIN_BASELINE, within baseline, false",
        "KNOWN, known leak, false",
        "LEAKED, leaked, true",
        "GREW, grew, true",
        "INCONCLUSIVE, inconclusive, true"
    })
    void a_test_fails_with_what_leaked_or_grew_or_is_not_known(Verdict verdict, String label, boolean fails) {
        Finding finding = new Finding(3, MemoryKind.L1, 1, 2, 1, 0, Verdict.CLEAN);

        assertThat(verdict.label()).isEqualTo(label);
        assertThat(verdict.fails()).isEqualTo(fails);
        assertThat(LeakReportTests.withFindings(List.of(finding, finding.withVerdict(verdict)))
                        .fails())
                .isEqualTo(fails);
    }

    @Test
    void a_finding_covers_the_buffers_of_its_device_and_kind() {
        Finding finding = new Finding(3, MemoryKind.L1, 1, 2, 1, 0, Verdict.LEAKED);

        assertThat(finding.covers(buffer(3, MemoryKind.L1))).isTrue();
        assertThat(finding.covers(buffer(2, MemoryKind.L1))).isFalse();
        assertThat(finding.covers(buffer(3, MemoryKind.DRAM))).isFalse();
        assertThat(finding.pool()).isEqualTo(new MemoryPool(3, MemoryKind.L1));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "1, 0, true", "0, 1, true"})
    void caches_may_hold_programs_where_some_were_counted_or_could_not_be(long counted, int uncounted, boolean may) {
        assertThat(new CacheRelease(2, counted, MemoryTotals.NONE, "", false, List.of(), uncounted, 0)
                        .mayHoldPrograms())
                .isEqualTo(may);
    }

    private static DeviceBuffer buffer(int device, MemoryKind kind) {
        return new DeviceBuffer(device, kind, 0x1000, 8, 1, 1, 4711, 1, 0);
    }
}
