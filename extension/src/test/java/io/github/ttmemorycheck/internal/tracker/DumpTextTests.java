package io.github.ttmemorycheck.internal.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DumpTextTests {

    private static final MemorySnapshot TWO_DEVICES = snapshot(
            buffer(1, MemoryKind.L1, 0x2000, 2048, 1),
            buffer(0, MemoryKind.DRAM, 0x3FFFF800, 12288, 2),
            buffer(0, MemoryKind.DRAM, -4096, 24576, 3),
            buffer(0, MemoryKind.KERNEL, 7, 100, 4));

    private static DeviceBuffer buffer(int device, MemoryKind kind, long address, long size, long order) {
        return new DeviceBuffer(device, kind, address, size, 1, 2, 4711 + device, order, 0);
    }

    private static MemorySnapshot snapshot(DeviceBuffer... buffers) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        List.of(buffers).forEach(buffer -> totals.add(buffer.device(), buffer.kind(), buffer.size()));
        return new MemorySnapshot(totals.build(), true, List.of(buffers), Map.of(4711, "python3 worker.py"), List.of());
    }

    private static String write(DumpText text, MemorySnapshot snapshot) throws IOException {
        StringBuilder out = new StringBuilder();
        text.write(snapshot, out);
        return out.toString();
    }

    @Test
    void lists_every_buffer_by_device_in_the_order_of_allocation() throws IOException {
        assertThat(write(DumpText.full(), TWO_DEVICES)).isEqualTo("""
                        Device memory held: 4 buffers on 2 devices
                          device 0: DRAM 36 KiB in 2 buffers, KERNEL 100 B in 1 buffer
                            DRAM             0x3ffff800          12 KiB      ref_count 1   pid 4711 python3 worker.py
                            DRAM             0xfffffffffffff000  24 KiB      ref_count 1   pid 4711
                            KERNEL           0x00000007          100 B       ref_count 1   pid 4711
                          device 1: L1 2 KiB in 1 buffer
                            L1               0x00002000          2 KiB       ref_count 1   pid 4712
                        """);
    }

    @Test
    void columns_stand_under_each_other_and_what_is_too_long_for_one_is_set_apart() throws IOException {
        String text = write(
                DumpText.full(),
                snapshot(
                        buffer(0, MemoryKind.CIRCULAR_BUFFER, -1, -1, 1),
                        new DeviceBuffer(0, MemoryKind.L1, 0xabc, 1, 1234567, 1234567, 9, 2, 0)));

        assertThat(text).endsWith("""
                            CIRCULAR_BUFFER  0xffffffffffffffff  18446744073709551615 B  ref_count 1  pid 4711 python3 worker.py
                            L1               0x00000abc          1 B         ref_count 1234567  pid 9
                        """);
    }

    @Test
    void is_written_line_by_line_whatever_is_live() throws IOException {
        List<DeviceBuffer> buffers = new ArrayList<>();
        for (int n = 0; n < 10_000; n++) {
            buffers.add(buffer(0, MemoryKind.DRAM, n, n, n));
        }
        LongestPiece pieces = new LongestPiece();
        DumpText.full().write(snapshot(buffers.toArray(DeviceBuffer[]::new)), pieces);

        assertThat(pieces.longest).isLessThan(200);
        assertThat(pieces.all).isGreaterThan(10_000 * 60);
    }

    private static final class LongestPiece implements Appendable {

        private int longest;
        private int all;

        @Override
        public Appendable append(CharSequence text) {
            longest = Math.max(longest, text.length());
            all += text.length();
            return this;
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) {
            return append(text.subSequence(start, end));
        }

        @Override
        public Appendable append(char character) {
            all++;
            return this;
        }
    }

    @Test
    void lists_kernels_alone() throws IOException {
        DumpText kernels = DumpText.ofKinds(EnumSet.of(MemoryKind.KERNEL), DumpText.SHORT);
        assertThat(write(kernels, TWO_DEVICES))
                .startsWith("Kernels held: 1 buffer on 1 device\n  device 0: KERNEL 100 B");
        assertThat(write(kernels, snapshot())).isEqualTo("Kernels held: none\n");
        assertThat(write(DumpText.full(), snapshot())).isEqualTo("Device memory held: none\n");
    }

    @Test
    void a_log_shows_a_limited_number_and_says_how_many_more() throws IOException {
        List<DeviceBuffer> buffers = new ArrayList<>();
        for (int n = 0; n < 62; n++) {
            buffers.add(buffer(0, MemoryKind.DRAM, n, 1, n));
        }
        DumpText shortened = DumpText.ofKinds(Set.of(MemoryKind.values()), DumpText.SHORT);
        String text = write(shortened, snapshot(buffers.toArray(DeviceBuffer[]::new)));
        assertThat(text).endsWith("    ... and 12 more\n").hasLineCount(2 + 50 + 1);
    }
}
