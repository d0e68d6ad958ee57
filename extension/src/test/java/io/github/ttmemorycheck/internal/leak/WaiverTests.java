package io.github.ttmemorycheck.internal.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.report.Finding;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WaiverTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    @Test
    void the_largest_figures_do_not_pass_by_overflow() {
        List<Finding> findings =
                List.of(leak(0, MemoryKind.DRAM, Long.MAX_VALUE), leak(0, MemoryKind.L1, Long.MAX_VALUE));

        Waivers waivers = Waivers.apply(findings, List.of(upTo(8)), TODAY);

        assertThat(waivers.findings()).extracting(Finding::verdict).containsOnly(Verdict.LEAKED);
        assertThat(waivers.used()).isEmpty();
        assertThat(waivers.objections())
                .singleElement()
                .asString()
                .startsWith("the known leak has grown: 8.00 EiB on device 0, where 8 B were known;");
    }

    @Test
    void the_kinds_of_one_device_count_together_and_devices_apart() {
        assertThat(Waivers.apply(
                                List.of(leak(0, MemoryKind.DRAM, 8), leak(1, MemoryKind.DRAM, 8)),
                                List.of(upTo(8)),
                                TODAY)
                        .objections())
                .isEmpty();
        assertThat(Waivers.apply(
                                List.of(leak(0, MemoryKind.DRAM, 8), leak(0, MemoryKind.L1, 1)),
                                List.of(upTo(8)),
                                TODAY)
                        .objections())
                .hasSize(1);
    }

    private static Waiver upTo(long bytes) {
        return new Waiver(
                new TestPlace("org.example.T", "t()"),
                Baseline.ALL_DEVICES,
                "known",
                "",
                OptionalLong.of(bytes),
                Optional.empty());
    }

    private static Finding leak(int device, MemoryKind kind, long bytes) {
        return new Finding(device, kind, 0, bytes, bytes, 0, Verdict.LEAKED);
    }
}
