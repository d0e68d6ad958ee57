package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Snapshots.KIB;
import static io.github.ttmemorycheck.assertj.Snapshots.NOTHING;
import static io.github.ttmemorycheck.assertj.Snapshots.buffer;
import static io.github.ttmemorycheck.assertj.Snapshots.failureOf;
import static io.github.ttmemorycheck.assertj.Snapshots.holding;
import static io.github.ttmemorycheck.assertj.Snapshots.message;
import static io.github.ttmemorycheck.assertj.TtMemoryAssertions.assertThat;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.KERNEL;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static io.github.ttmemorycheck.snapshot.MemoryKind.TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import org.junit.jupiter.api.Test;

class ShouldLeaveNothingButTests {

    private static final SnapshotDiff LEAK = holding(
                    buffer(1, 0, DRAM, 36 * KIB), buffer(2, 0, KERNEL, 12 * KIB), buffer(3, 1, TRACE, 0))
            .since(NOTHING);

    @Test
    void those_kinds_may_be_left() {
        assertThat(LEAK).leavesNothingBut(TRACE, DRAM, KERNEL, KERNEL, L1);
    }

    @Test
    void other_kinds_are_told_without_the_allowed_ones() {
        assertThat(failureOf(() -> assertThat(LEAK).leavesNothingBut(TRACE, DRAM)))
                .isEqualTo(message("""
                Nothing but DRAM, TRACE should be left, but there is 12 KiB of KERNEL on device 0
                  1 buffer left, 12 KiB, of pid 4711 python3 worker.py
                    device 0  KERNEL  program 8192  12 KiB
                  to fix:   free it before the later snapshot is taken
                  to allow: leavesNothingBut(DRAM, TRACE, KERNEL)
                """));
    }

    @Test
    void a_buffer_of_no_size_is_told_too() {
        assertThat(failureOf(() -> assertThat(LEAK).leavesNothingBut(DRAM, KERNEL)))
                .startsWith("Nothing but DRAM, KERNEL should be left, but there is 1 buffer of 0 B\n");
    }

    @Test
    void no_kind_at_all_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(LEAK).leavesNothingBut())
                .withMessage("leavesNothingBut() needs one kind of memory or more, not none; isClean() allows none");
    }
}
