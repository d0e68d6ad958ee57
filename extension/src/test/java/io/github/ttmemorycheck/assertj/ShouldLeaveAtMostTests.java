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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import org.junit.jupiter.api.Test;

class ShouldLeaveAtMostTests {

    private static final SnapshotDiff LEAK = holding(
                    buffer(1, 0, DRAM, 36 * KIB),
                    buffer(2, 1, DRAM, 30 * KIB),
                    buffer(3, 1, DRAM, 20 * KIB),
                    buffer(4, 0, L1, 90 * KIB))
            .since(NOTHING);

    @Test
    void the_amount_itself_may_be_left() {
        assertThat(LEAK).leavesAtMost(DRAM, "50KiB").leavesAtMost(1, DRAM, "50KiB");
    }

    @Test
    void a_device_that_nothing_is_known_of_has_nothing_left() {
        assertThat(LEAK).leavesAtMost(7, DRAM, "0B");
    }

    @Test
    void only_the_devices_with_more_are_told() {
        assertThat(failureOf(() -> assertThat(LEAK).leavesAtMost(DRAM, "36KiB")))
                .isEqualTo(message("""
                At most 36 KiB of DRAM should be left on each device, but there is 50 KiB of DRAM on device 1
                  2 buffers left, 50 KiB, oldest first, all of pid 4711 python3 worker.py
                    device 1  DRAM  0x00002000  30 KiB
                    device 1  DRAM  0x00003000  20 KiB
                  to fix:   free it before the later snapshot is taken
                  to allow: leavesAtMost(DRAM, "50KiB")
                """));
    }

    @Test
    void a_byte_too_many_is_told_to_the_byte() {
        assertThat(failureOf(() -> assertThat(LEAK).leavesAtMost(0, DRAM, "36863B")))
                .isEqualTo(message("""
                At most 36.00 KiB (36863B) of DRAM should be left on device 0, but there is 36 KiB of DRAM on device
                  0
                  1 buffer left, 36 KiB, of pid 4711 python3 worker.py
                    device 0  DRAM  0x00001000  36 KiB
                  to fix:   free it before the later snapshot is taken
                  to allow: leavesAtMost(0, DRAM, "36KiB")
                """));
    }

    @Test
    void a_text_that_is_no_size_and_a_negative_amount_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(LEAK).leavesAtMost(DRAM, "36KB"))
                .withMessageStartingWith("'36KB' is not a size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(LEAK).leavesAtMost(0, DRAM, "-1B"))
                .withMessageStartingWith("'-1B' is not a size");
    }
}
