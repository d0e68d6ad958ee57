package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Snapshots.KIB;
import static io.github.ttmemorycheck.assertj.Snapshots.NOTHING;
import static io.github.ttmemorycheck.assertj.Snapshots.buffer;
import static io.github.ttmemorycheck.assertj.Snapshots.failureOf;
import static io.github.ttmemorycheck.assertj.Snapshots.holding;
import static io.github.ttmemorycheck.assertj.Snapshots.message;
import static io.github.ttmemorycheck.assertj.Snapshots.totalsOf;
import static io.github.ttmemorycheck.assertj.TtMemoryAssertions.assertThat;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static io.github.ttmemorycheck.snapshot.MemoryKind.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import org.junit.jupiter.api.Test;

class ShouldLeaveNothingTests {

    private static final SnapshotDiff LEAK = holding(
                    buffer(2, 1, L1, 12 * KIB), buffer(1, 0, DRAM, 36 * KIB), buffer(3, 1, DRAM, 36 * KIB))
            .since(NOTHING);

    @Test
    void nothing_left_is_clean() {
        assertThat(NOTHING.since(NOTHING)).isClean().isCleanOn(0).isCleanOn(7);
    }

    @Test
    void what_was_there_before_is_not_left() {
        MemorySnapshot held = holding(buffer(1, 0, DRAM, 36 * KIB));

        assertThat(held.since(held)).isClean();
    }

    @Test
    void memory_left_is_told_in_full() {
        assertThat(failureOf(() -> assertThat(LEAK).isClean())).isEqualTo(message("""
                Nothing should be left, but there is 36 KiB of DRAM on each of devices 0-1 and 12 KiB of L1 on
                  device 1
                  3 buffers left, 84 KiB, oldest first, all of pid 4711 python3 worker.py
                    device 0  DRAM  0x00001000  36 KiB
                    device 1  L1    0x00002000  12 KiB
                    device 1  DRAM  0x00003000  36 KiB
                  to fix:   free it before the later snapshot is taken
                  to allow: leavesNothingBut(DRAM, L1)
                            .leavesAtMost(DRAM, "36KiB")
                            .leavesAtMost(L1, "12KiB")
                """));
    }

    @Test
    void what_the_message_suggests_passes() {
        assertThat(LEAK).leavesNothingBut(DRAM, L1).leavesAtMost(DRAM, "36KiB").leavesAtMost(L1, "12KiB");
    }

    @Test
    void memory_left_on_another_device_is_not_told() {
        assertThat(failureOf(() -> assertThat(LEAK).isCleanOn(0))).isEqualTo(message("""
                Nothing should be left on device 0, but there is 36 KiB of DRAM on device 0
                  1 buffer left, 36 KiB, of pid 4711 python3 worker.py
                    device 0  DRAM  0x00001000  36 KiB
                  to fix:   free it before the later snapshot is taken
                  to allow: leavesAtMost(0, DRAM, "36KiB")
                """));
    }

    @Test
    void a_clean_device_is_clean_beside_others_that_are_not() {
        SnapshotDiff diff = holding(buffer(1, 0, DRAM, 36 * KIB)).since(NOTHING);

        assertThat(diff).isCleanOn(1);
    }

    @Test
    void without_buffers_the_totals_are_told() {
        SnapshotDiff diff = totalsOf(buffer(1, 0, DRAM, 36 * KIB)).since(totalsOf());

        assertThat(failureOf(() -> assertThat(diff).isClean())).isEqualTo(message("""
                Nothing should be left, but there is 36 KiB of DRAM on device 0
                  the tracker knows totals only, so the buffers cannot be listed
                  to fix:   free it before the later snapshot is taken
                  to allow: leavesNothingBut(DRAM)
                            .leavesAtMost(DRAM, "36KiB")
                """));
    }

    @Test
    void a_buffer_of_no_size_is_left_all_the_same() {
        SnapshotDiff diff = holding(buffer(1, 0, TRACE, 0)).since(NOTHING);

        assertThat(failureOf(() -> assertThat(diff).isClean())).isEqualTo(message("""
                Nothing should be left, but there is 1 buffer of 0 B
                  1 buffer left, 0 B, of pid 4711 python3 worker.py
                    device 0  TRACE  0x00001000  0 B
                  to fix:   free it before the later snapshot is taken
                  to allow: leavesNothingBut(TRACE)
                            .leavesAtMost(TRACE, "0B")
                """));
        assertThat(failureOf(() -> assertThat(diff).isCleanOn(0))).startsWith("Nothing should be left on device 0,");
    }
}
