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

class ShouldHaveBuffersLeftTests {

    private static final SnapshotDiff LEAK =
            holding(buffer(1, 0, DRAM, 36 * KIB), buffer(2, 1, L1, 0)).since(NOTHING);

    @Test
    void that_number_passes() {
        assertThat(LEAK).hasBuffersLeft(2);
        assertThat(NOTHING.since(NOTHING)).hasBuffersLeft(0);
    }

    @Test
    void another_number_is_told() {
        assertThat(failureOf(() -> assertThat(LEAK).hasBuffersLeft(1))).isEqualTo(message("""
                1 buffer should be left, but there are 2
                  2 buffers left, 36 KiB, oldest first, all of pid 4711 python3 worker.py
                    device 0  DRAM  0x00001000  36 KiB
                    device 1  L1    0x00002000     0 B
                  to fix:   allocate and free between the two snapshots what the test means to
                  to allow: hasBuffersLeft(2)
                """));
    }

    @Test
    void none_left_is_told() {
        assertThat(failureOf(() -> assertThat(NOTHING.since(NOTHING)).hasBuffersLeft(3)))
                .isEqualTo(message("""
                3 buffers should be left, but there is none
                  to fix:   allocate and free between the two snapshots what the test means to
                  to allow: hasBuffersLeft(0)
                """));
    }

    @Test
    void a_negative_number_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(LEAK).hasBuffersLeft(-1))
                .withMessage("a number of buffers must be 0 or more, not -1");
    }
}
