package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Snapshots.KIB;
import static io.github.ttmemorycheck.assertj.Snapshots.buffer;
import static io.github.ttmemorycheck.assertj.Snapshots.failureOf;
import static io.github.ttmemorycheck.assertj.Snapshots.holding;
import static io.github.ttmemorycheck.assertj.Snapshots.message;
import static io.github.ttmemorycheck.assertj.Snapshots.totalsOf;
import static io.github.ttmemorycheck.assertj.TtMemoryAssertions.assertThat;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import org.junit.jupiter.api.Test;

class ShouldHaveReleasedTests {

    private static final MemorySnapshot BEFORE =
            holding(buffer(1, 0, DRAM, 36 * KIB), buffer(2, 0, DRAM, 12 * KIB), buffer(3, 1, DRAM, 36 * KIB));

    private static final SnapshotDiff RELEASE =
            holding(buffer(2, 0, DRAM, 12 * KIB), buffer(4, 0, DRAM, 36 * KIB)).since(BEFORE);

    @Test
    void memory_allocated_meanwhile_does_not_hide_what_was_released() {
        assertThat(RELEASE)
                .hasReleased(0, DRAM, "36KiB")
                .hasReleased(1, DRAM, "36KiB")
                .hasReleased(0, L1, "0B");
    }

    @Test
    void another_amount_is_told_with_its_buffers() {
        assertThat(failureOf(() -> assertThat(RELEASE).hasReleased(0, DRAM, "48KiB")))
                .isEqualTo(message("""
                Exactly 48 KiB of DRAM should be released on device 0, but 36 KiB was, of 48 KiB before
                  1 buffer released, 36 KiB, of pid 4711 python3 worker.py
                    device 0  DRAM  0x00001000  36 KiB
                  to fix:   free between the two snapshots what the earlier one holds
                  to allow: hasReleased(0, DRAM, "36KiB")
                """));
    }

    @Test
    void nothing_released_is_told() {
        assertThat(failureOf(() -> assertThat(BEFORE.since(BEFORE)).hasReleased(7, DRAM, "1B")))
                .isEqualTo(message("""
                Exactly 1 B of DRAM should be released on device 7, but nothing was, of 0 B before
                  nothing is known of device 7: there are figures for devices 0-1
                  to fix:   free between the two snapshots what the earlier one holds
                  to allow: hasReleased(7, DRAM, "0B")
                """));
    }

    @Test
    void without_buffers_the_fall_of_the_total_counts() {
        SnapshotDiff diff = totalsOf(buffer(1, 1, L1, 12 * KIB)).since(totalsOf(buffer(2, 0, DRAM, 36 * KIB)));

        assertThat(diff).hasReleased(0, DRAM, "36KiB").hasReleased(1, L1, "0B");
    }

    @Test
    void more_is_another_amount_too() {
        assertThat(failureOf(() -> assertThat(RELEASE).hasReleased(0, DRAM, "12KiB")))
                .startsWith(
                        "Exactly 12 KiB of DRAM should be released on device 0, but 36 KiB was, of 48 KiB before\n");
    }
}
