package io.github.ttmemorycheck.internal.runreport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunRecorderTests {

    private static final Subject ONE = Records.homonym("org.example.one", Subject.Scope.TEST);
    private static final Subject TWO = Records.homonym("org.example.two", Subject.Scope.TEST);
    private static final DeviceBuffer BUFFER = new DeviceBuffer(0, MemoryKind.DRAM, 0x1000, 4096, 1, 1, 7, 1, 0);

    private final RunRecorder recorder = new RunRecorder(true, Records.STARTED, List.of());

    private static RunRecord record(RunRecorder recorder) {
        return recorder.record(true, "", List.of(), LedgerEnd.unknown("nobody asked"));
    }

    @Test
    void late_releases_between_classes_of_one_name_say_which_is_which() {
        recorder.lateRelease(ONE, TWO, List.of(BUFFER, BUFFER));

        assertThat(record(recorder).lateReleases()).singleElement().satisfies(late -> {
            assertThat(late.holder()).isEqualTo(ONE).isNotEqualTo(late.during());
            assertThat(late.freed().of(0, MemoryKind.DRAM)).isEqualTo(8192);
        });
    }

    @Test
    void what_takes_room_is_kept_up_to_a_bound_and_counted_beyond_it() {
        LeakReport leak = Records.full().failures().get(0).leak().orElseThrow();
        Optional<LeakReport> large = Optional.of(leak.withBuffers(Collections.nCopies(1_000, BUFFER)));
        IntStream.range(0, 502).forEach(i -> recorder.failed(ONE, Failure.Kind.LEAK, "left", large, true));
        IntStream.range(0, 1_003).forEach(i -> recorder.lateRelease(ONE, TWO, List.of(BUFFER)));
        RunRecord run = record(recorder);

        assertThat(run.failures()).hasSize(500).allSatisfy(failure -> {
            assertThat(failure.buffers()).isEqualTo(1_000);
            assertThat(failure.leak().orElseThrow().buffers()).hasSize(200);
        });
        assertThat(run.moreFailures()).isEqualTo(2);
        assertThat(run.lateReleases()).hasSize(1_000);
        assertThat(run.moreLateReleases()).isEqualTo(3);
    }

    @Test
    void equal_totals_are_kept_once() {
        IntStream.range(0, 2)
                .mapToObj(i ->
                        MemoryTotals.builder().add(0, MemoryKind.DRAM, 4096).build())
                .map(held -> Records.check(ONE, Verdict.CLEAN, held))
                .forEach(recorder::add);
        List<CheckEntry> checks = record(recorder).checks();

        assertThat(checks.get(1).after()).isSameAs(checks.get(0).before());
    }

    @Test
    void one_that_is_off_keeps_nothing() {
        RunRecorder off = new RunRecorder(false, Records.STARTED, List.of());
        off.add(Records.check("a", Verdict.CLEAN, 0));
        off.failed(ONE, Failure.Kind.WAIVER, "gone", Optional.empty(), true);
        off.lateRelease(ONE, TWO, List.of(BUFFER));

        assertThat(record(off).saysSomething()).isFalse();
        assertThat(record(off).lateReleases()).isEmpty();
    }
}
