package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Snapshots.KIB;
import static io.github.ttmemorycheck.assertj.Snapshots.NOTHING;
import static io.github.ttmemorycheck.assertj.Snapshots.buffer;
import static io.github.ttmemorycheck.assertj.Snapshots.failureOf;
import static io.github.ttmemorycheck.assertj.Snapshots.holding;
import static io.github.ttmemorycheck.assertj.Snapshots.message;
import static io.github.ttmemorycheck.assertj.TtMemoryAssertions.assertThat;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import org.junit.jupiter.api.Test;

class ShouldLeaveExactlyTests {

    private static final SnapshotDiff LEAK =
            holding(buffer(1, 0, DRAM, 36 * KIB), buffer(2, 1, DRAM, 36 * KIB)).since(NOTHING);

    @Test
    void that_amount_passes() {
        assertThat(LEAK).leavesExactly(0, DRAM, "36KiB").leavesExactly(0, L1, "0B");
    }

    @Test
    void another_amount_is_told_with_its_buffers() {
        assertThat(failureOf(() -> assertThat(LEAK).leavesExactly(0, DRAM, "48KiB")))
                .isEqualTo(message("""
                Exactly 48 KiB of DRAM should be left on device 0, but there is 36 KiB
                  1 buffer left, 36 KiB, of pid 4711 python3 worker.py
                    device 0  DRAM  0x00001000  36 KiB
                  to fix:   allocate and free between the two snapshots what the test means to
                  to allow: leavesExactly(0, DRAM, "36KiB")
                """));
    }

    @Test
    void less_is_another_amount_too() {
        assertThat(failureOf(() -> assertThat(LEAK).leavesExactly(0, L1, "1B"))).isEqualTo(message("""
                Exactly 1 B of L1 should be left on device 0, but there is nothing
                  to fix:   allocate and free between the two snapshots what the test means to
                  to allow: leavesExactly(0, L1, "0B")
                """));
    }

    @Test
    void a_device_that_nothing_is_known_of_is_told_apart_from_an_empty_one() {
        assertThat(failureOf(() -> assertThat(LEAK).leavesExactly(7, DRAM, "36KiB")))
                .isEqualTo(message("""
                Exactly 36 KiB of DRAM should be left on device 7, but there is nothing
                  nothing is known of device 7: there are figures for devices 0-1
                  to fix:   allocate and free between the two snapshots what the test means to
                  to allow: leavesExactly(7, DRAM, "0B")
                """));
    }

    @Test
    void more_is_another_amount_too() {
        assertThat(failureOf(() -> assertThat(LEAK).leavesExactly(0, DRAM, "12KiB")))
                .startsWith("Exactly 12 KiB of DRAM should be left on device 0, but there is 36 KiB\n");
    }
}
