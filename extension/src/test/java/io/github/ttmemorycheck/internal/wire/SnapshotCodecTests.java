package io.github.ttmemorycheck.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.FreeFault;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one JVM tells another is the same there, but for the clock. */
class SnapshotCodecTests {

    private static final MemoryTotals NOTHING_ON_7 =
            MemoryTotals.builder().add(7, MemoryKind.DRAM, 0).build();

    private static final MemoryTotals TOTALS = MemoryTotals.builder()
            .add(-1, MemoryKind.DRAM, 1)
            .add(3, MemoryKind.KERNEL, Long.MAX_VALUE)
            .add(3, MemoryKind.L1, 36)
            .addAll(NOTHING_ON_7)
            .build();

    private static final Map<Integer, String> COMMANDS = Map.of(4711, "python3 größer.py", -1, "");

    private interface Writer {

        void write(DataOutputStream out) throws IOException;
    }

    private static DeviceBuffer first(long seenAtNanos) {
        return new DeviceBuffer(3, MemoryKind.L1, -1, 36, 2, 5, 4711, 17, seenAtNanos, 16, true);
    }

    private static DeviceBuffer second(long seenAtNanos) {
        return new DeviceBuffer(0, MemoryKind.DRAM, 0x1000, -1, 1, 1, -1, 18, seenAtNanos, 0, false);
    }

    private static DataInputStream written(Writer writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writer.write(out);
        }
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void a_snapshot_is_read_as_it_was_written_on_the_clock_of_the_reader() throws IOException {
        MemorySnapshot snapshot = new MemorySnapshot(TOTALS, true, List.of(first(5), second(6)), COMMANDS, List.of());

        DataInputStream in = written(out -> SnapshotCodec.write(snapshot, out));

        assertThat(SnapshotCodec.snapshot(in, 100))
                .isEqualTo(new MemorySnapshot(TOTALS, true, List.of(first(105), second(106)), COMMANDS, List.of()));
        assertThat(in.read()).as("what follows").isNegative();
    }

    @Test
    void a_diff_is_read_as_it_was_written_on_the_clock_of_the_reader() throws IOException {
        List<EndedProcess> ended =
                List.of(new EndedProcess(812, "", 3, TOTALS), new EndedProcess(813, "x", 0, NOTHING_ON_7));
        List<FreeFault> faults = List.of(
                new FreeFault(FreeFault.Kind.ANOTHER_DEVICE, 1, -2, 4711),
                new FreeFault(FreeFault.Kind.FREED_TWICE, 3, 0x1000, 812));
        SnapshotDiff diff = new SnapshotDiff(
                TOTALS,
                NOTHING_ON_7,
                true,
                List.of(first(5)),
                List.of(second(6), first(7)),
                ended,
                COMMANDS,
                List.of(),
                faults,
                Map.of());

        DataInputStream in = written(out -> SnapshotCodec.write(diff, out));

        assertThat(SnapshotCodec.diff(in, -5))
                .isEqualTo(new SnapshotDiff(
                        TOTALS,
                        NOTHING_ON_7,
                        true,
                        List.of(first(0)),
                        List.of(second(1), first(2)),
                        ended,
                        COMMANDS,
                        List.of(),
                        faults,
                        Map.of()));
        assertThat(in.read()).as("what follows").isNegative();
    }

    @Test
    void totals_write_no_figure_that_is_0() throws IOException {
        assertThat(written(out -> SnapshotCodec.write(NOTHING_ON_7, out)).readAllBytes())
                .as("how many devices, the device, no kind")
                .containsExactly(0, 0, 0, 1, 0, 0, 0, 7, 0, 0);
    }
}
