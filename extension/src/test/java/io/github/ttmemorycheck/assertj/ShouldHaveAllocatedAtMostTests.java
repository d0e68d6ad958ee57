package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Snapshots.KIB;
import static io.github.ttmemorycheck.assertj.Snapshots.buffer;
import static io.github.ttmemorycheck.assertj.Snapshots.failureOf;
import static io.github.ttmemorycheck.assertj.Snapshots.holding;
import static io.github.ttmemorycheck.assertj.Snapshots.message;
import static io.github.ttmemorycheck.assertj.TtMemoryAssertions.assertThat;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import org.junit.jupiter.api.Test;

class ShouldHaveAllocatedAtMostTests {

    private static final MemorySnapshot HELD =
            holding(buffer(1, 0, DRAM, 36 * KIB), buffer(2, 1, DRAM, 48 * KIB), buffer(3, 1, L1, 90 * KIB));

    @Test
    void the_amount_itself_may_be_allocated() {
        assertThat(HELD).hasAllocatedAtMost(DRAM, "48KiB").hasAllocatedAtMost(0, DRAM, "36KiB");
    }

    @Test
    void only_the_devices_with_more_are_told() {
        assertThat(failureOf(() -> assertThat(HELD).hasAllocatedAtMost(DRAM, "36KiB")))
                .isEqualTo(message("""
                At most 36 KiB of DRAM should be allocated on each device, but there is 48 KiB of DRAM on device 1
                  1 buffer allocated, 48 KiB, of pid 4711 python3 worker.py
                    device 1  DRAM  0x00002000  48 KiB
                  to fix:   free it before the snapshot is taken
                  to allow: hasAllocatedAtMost(DRAM, "48KiB")
                """));
    }

    @Test
    void more_on_the_device_is_told() {
        assertThat(failureOf(() -> assertThat(HELD).hasAllocatedAtMost(0, DRAM, "35KiB")))
                .isEqualTo(message("""
                At most 35 KiB of DRAM should be allocated on device 0, but there is 36 KiB of DRAM on device 0
                  1 buffer allocated, 36 KiB, of pid 4711 python3 worker.py
                    device 0  DRAM  0x00001000  36 KiB
                  to fix:   free it before the snapshot is taken
                  to allow: hasAllocatedAtMost(0, DRAM, "36KiB")
                """));
    }
}
