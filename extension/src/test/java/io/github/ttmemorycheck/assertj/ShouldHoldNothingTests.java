package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Snapshots.KIB;
import static io.github.ttmemorycheck.assertj.Snapshots.NOTHING;
import static io.github.ttmemorycheck.assertj.Snapshots.buffer;
import static io.github.ttmemorycheck.assertj.Snapshots.failureOf;
import static io.github.ttmemorycheck.assertj.Snapshots.holding;
import static io.github.ttmemorycheck.assertj.Snapshots.message;
import static io.github.ttmemorycheck.assertj.TtMemoryAssertions.assertThat;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShouldHoldNothingTests {

    @Test
    void devices_that_hold_nothing_pass() {
        assertThat(NOTHING).isEmpty();
    }

    @Test
    void what_is_allocated_is_told() {
        assertThat(failureOf(
                        () -> assertThat(holding(buffer(1, 0, DRAM, 36 * KIB))).isEmpty()))
                .isEqualTo(message("""
                Nothing should be allocated, but there is 36 KiB of DRAM on device 0
                  1 buffer allocated, 36 KiB, of pid 4711 python3 worker.py
                    device 0  DRAM  0x00001000  36 KiB
                  to fix:   free it before the snapshot is taken
                  to allow: sinceSnapshot(earlier).isClean() looks only at what is new
                """));
    }

    @Test
    void a_buffer_of_no_size_is_allocated_all_the_same() {
        assertThat(failureOf(() -> assertThat(holding(buffer(1, 0, DRAM, 0))).isEmpty()))
                .startsWith("Nothing should be allocated, but there is 1 buffer of 0 B\n");
    }
}
