package io.github.ttmemorycheck.internal.diagnosis;

import static io.github.ttmemorycheck.internal.diagnosis.Facts.KIB;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.leak.CacheEntryGrowth;
import io.github.ttmemorycheck.internal.leak.GrowthFinding;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Subjects;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FingerprintTests {

    private static String of(Facts facts) {
        return Fingerprint.of(Subjects.test("LlamaTests.decode()"), facts.evidence());
    }

    private static Facts leak() {
        return Facts.ofTest().left(3, DRAM, 8 * KIB).buffer(3, DRAM, 0x1000, 8 * KIB);
    }

    private static Facts growth(long step, int repetitions) {
        List<Long> deltas = Stream.generate(() -> step).limit(repetitions).toList();
        return Facts.ofTest()
                .grown(new GrowthFinding(new MemoryPool(0, DRAM), deltas, deltas, 1, 0))
                .finding(0, DRAM, 0, 1, repetitions * step, Verdict.GREW);
    }

    @Test
    void it_has_six_digits_and_stays_the_same_from_version_to_version() {
        assertThat(of(leak())).isEqualTo("24d18f");
    }

    @Test
    void the_same_leak_is_known_again_whatever_differs_from_run_to_run() {
        String fingerprint = of(leak());

        assertThat(of(Facts.ofTest().left(3, DRAM, 8 * KIB).buffer(3, DRAM, 0x7000, 8 * KIB)))
                .as("another address")
                .isEqualTo(fingerprint);
        assertThat(of(Facts.ofTest().left(3, DRAM, 8 * KIB)))
                .as("a tracker that knows totals only")
                .isEqualTo(fingerprint);
        assertThat(of(leak().clean(0, 2, DRAM))).as("more devices were seen").isEqualTo(fingerprint);
        assertThat(of(Facts.ofTest().left(0, DRAM, 8 * KIB)))
                .as("another device")
                .isEqualTo(fingerprint);
        assertThat(of(leak().finding(0, L1, 0, 12 * KIB, 12 * KIB, Verdict.WITHIN_BASELINE)))
                .as("something beside it that may be left")
                .isEqualTo(fingerprint);
        assertThat(of(leak().noDevice().late(1, 1))).as("another diagnosis").isEqualTo(fingerprint);
    }

    @Test
    void leaks_that_differ_have_different_fingerprints() {
        assertThat(Stream.of(
                        of(leak()),
                        Fingerprint.of(Subjects.test("LlamaTests.prefill()"), leak().evidence()),
                        Fingerprint.of(
                                new Subject(
                                        Subject.Scope.TEST,
                                        "[other]",
                                        "org.other.LlamaTests",
                                        "decode()",
                                        "",
                                        "decode()"),
                                leak().evidence()),
                        of(Facts.ofClass().left(3, DRAM, 8 * KIB)),
                        of(Facts.ofTest().left(3, L1, 8 * KIB)),
                        of(Facts.ofTest().left(3, DRAM, 16 * KIB)),
                        of(leak().left(4, DRAM, 16 * KIB)),
                        of(growth(8 * KIB, 4)),
                        of(growth(16 * KIB, 4)),
                        of(Facts.ofTest().grown(new CacheEntryGrowth(List.of(1L, 2L), List.of(1L, 1L), 0)))))
                .doesNotHaveDuplicates();
    }

    @Test
    void growth_is_known_again_after_more_repetitions() {
        assertThat(of(growth(8 * KIB, 9))).isEqualTo(of(growth(8 * KIB, 4)));
    }

    @Test
    void nothing_has_no_fingerprint() {
        assertThat(of(Facts.ofTest().clean(0, 7, DRAM))).isEmpty();
    }
}
