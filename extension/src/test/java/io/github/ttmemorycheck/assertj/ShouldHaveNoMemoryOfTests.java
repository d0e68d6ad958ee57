package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Snapshots.KIB;
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

import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import org.junit.jupiter.api.Test;

class ShouldHaveNoMemoryOfTests {

    private static final MemorySnapshot HELD =
            holding(buffer(1, 0, DRAM, 36 * KIB), buffer(2, 1, TRACE, 12 * KIB), buffer(3, 0, L1, 0));

    @Test
    void other_kinds_pass() {
        assertThat(HELD).hasNoMemoryOf(KERNEL);
    }

    @Test
    void memory_of_the_kind_is_told_without_the_others() {
        assertThat(failureOf(() -> assertThat(HELD).hasNoMemoryOf(TRACE))).isEqualTo(message("""
                No TRACE memory should be allocated, but there is 12 KiB of TRACE on device 1
                  1 buffer allocated, 12 KiB, of pid 4711 python3 worker.py
                    device 1  TRACE  0x00002000  12 KiB
                  to fix:   free it before the snapshot is taken
                  to allow: hasAllocatedAtMost(TRACE, "12KiB")
                """));
    }

    @Test
    void a_buffer_of_no_size_is_memory_all_the_same() {
        assertThat(failureOf(() -> assertThat(HELD).hasNoMemoryOf(L1)))
                .startsWith("No L1 memory should be allocated, but there is 1 buffer of 0 B\n");
    }
}
