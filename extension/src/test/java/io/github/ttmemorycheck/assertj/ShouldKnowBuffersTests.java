package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Snapshots.KIB;
import static io.github.ttmemorycheck.assertj.Snapshots.NOTHING;
import static io.github.ttmemorycheck.assertj.Snapshots.buffer;
import static io.github.ttmemorycheck.assertj.Snapshots.failureOf;
import static io.github.ttmemorycheck.assertj.Snapshots.message;
import static io.github.ttmemorycheck.assertj.Snapshots.totalsOf;
import static io.github.ttmemorycheck.assertj.TtMemoryAssertions.assertThat;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import org.junit.jupiter.api.Test;

class ShouldKnowBuffersTests {

    @Test
    void a_number_of_buffers_cannot_be_checked_against_totals() {
        SnapshotDiff diff = totalsOf(buffer(1, 0, DRAM, 36 * KIB)).since(totalsOf());

        assertThat(failureOf(() -> assertThat(diff).hasBuffersLeft(1))).isEqualTo(message("""
                hasBuffersLeft(1) cannot be checked: only totals are known; 36 KiB of DRAM on device 0 is left in
                  total
                  to fix: set tt.memory.check.tracker=embedded, which knows every buffer,
                          or assert on amounts: leavesAtMost(...), leavesExactly(...), isClean()
                """));
    }

    @Test
    void not_even_when_nothing_is_left_in_total() {
        SnapshotDiff diff = totalsOf().since(totalsOf());

        assertThat(failureOf(() -> assertThat(diff).hasBuffersLeft(0))).isEqualTo(message("""
                hasBuffersLeft(0) cannot be checked: only totals are known; nothing is left in total
                  to fix: set tt.memory.check.tracker=embedded, which knows every buffer,
                          or assert on amounts: leavesAtMost(...), leavesExactly(...), isClean()
                """));
    }

    @Test
    void one_snapshot_without_buffers_is_enough() {
        assertThat(failureOf(() -> assertThat(NOTHING.since(totalsOf())).hasBuffersLeft(0)))
                .startsWith("hasBuffersLeft(0) cannot be checked: only totals are known;");
    }
}
