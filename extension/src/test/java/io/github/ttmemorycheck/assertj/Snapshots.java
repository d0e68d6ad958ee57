package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Snapshots to assert on, and the messages of assertions that failed. */
final class Snapshots {

    static final int KIB = 1024;

    /** Knows devices 0 and 1 and holds nothing. */
    static final MemorySnapshot NOTHING = holding();

    private static final int WORKER = 4711;

    private Snapshots() {}

    /** A buffer whose place in the order of allocation gives its address. */
    static DeviceBuffer buffer(int order, int device, MemoryKind kind, long size) {
        return new DeviceBuffer(device, kind, order * 0x1000L, size, 1, 1, WORKER, order, order);
    }

    static MemorySnapshot holding(DeviceBuffer... buffers) {
        return holding("python3 worker.py", buffers);
    }

    static MemorySnapshot holding(String command, DeviceBuffer... buffers) {
        return new MemorySnapshot(totals(buffers), true, List.of(buffers), Map.of(WORKER, command), List.of());
    }

    /** What a tracker says that does not know buffers. */
    static MemorySnapshot totalsOf(DeviceBuffer... buffers) {
        return new MemorySnapshot(totals(buffers), false, List.of(), Map.of(), List.of());
    }

    private static MemoryTotals totals(DeviceBuffer... buffers) {
        MemoryTotals.Builder totals =
                MemoryTotals.builder().add(0, MemoryKind.DRAM, 0).add(1, MemoryKind.DRAM, 0);
        for (DeviceBuffer buffer : buffers) {
            totals.add(buffer);
        }
        return totals.build();
    }

    static String failureOf(ThrowingCallable assertion) {
        return messageOf(Assertions.catchThrowableOfType(AssertionError.class, assertion));
    }

    static String messageOf(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "");
    }

    /** A text block without its last line break, as messages end. */
    static String message(String block) {
        return block.stripTrailing();
    }
}
