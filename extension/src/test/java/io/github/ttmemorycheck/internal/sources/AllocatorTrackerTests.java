package io.github.ttmemorycheck.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.devices.DeviceTracker;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server shows, held against the allocator of a device. */
@Timeout(60)
class AllocatorTrackerTests {

    @TempDir
    Path directory;

    /** Its allocator holds what the test says, whatever was reported. */
    private record TellingDevice(List<AllocatedBuffer> held) implements TtDevice {

        @Override
        public void enableProgramCache() {}

        @Override
        public void clearProgramCache() {}

        @Override
        public void disableAndClearProgramCache() {}

        @Override
        public long numProgramCacheEntries() {
            return 0;
        }

        @Override
        public List<Integer> deviceIds() {
            return List.of(0);
        }

        @Override
        public Optional<List<AllocatedBuffer>> allocatedBuffers() {
            return Optional.of(List.copyOf(held));
        }
    }

    @Test
    void sizes_that_no_sum_can_hold_leave_nothing_when_all_of_it_is_gone() {
        TtDevice device = new TellingDevice(List.of());
        try (EmbeddedTracker embedded = EmbeddedTracker.start(directory.resolve("s"));
                AllocationClient client = AllocationClient.connect(directory.resolve("s"))) {
            AllocatorTracker memory =
                    new AllocatorTracker(embedded, new DeviceTracker(() -> List.of(device)), process -> true, "");
            MemoryTracker.Mark mark = memory.mark();
            for (int address = 1; address <= 3; address++) {
                client.allocate(0, MemoryKind.DRAM, address, Long.MAX_VALUE);
            }
            assertThat(embedded.snapshot().buffers()).hasSize(3);

            SnapshotDiff diff = memory.since(mark);

            assertThat(diff.left()).isEmpty();
            assertThat(diff.after().of(0, MemoryKind.DRAM)).isZero();
        }
    }

    @Test
    void the_columns_count_what_the_allocator_held_before_and_nobody_reported() {
        AllocatedBuffer kept = new AllocatedBuffer(0, MemoryKind.DRAM, 0x1000, 4096);
        AllocatedBuffer freed = new AllocatedBuffer(0, MemoryKind.DRAM, 0x2000, 1024);
        List<AllocatedBuffer> held = new ArrayList<>(List.of(kept, freed));
        TtDevice device = new TellingDevice(held);
        try (EmbeddedTracker embedded = EmbeddedTracker.start(directory.resolve("s"));
                AllocationClient client = AllocationClient.connect(directory.resolve("s"))) {
            client.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
            client.allocate(0, MemoryKind.DRAM, 0x4000, 512);
            held.add(new AllocatedBuffer(0, MemoryKind.DRAM, 0x4000, 512));
            held.add(new AllocatedBuffer(0, MemoryKind.DRAM, 0x5000, 256));
            AllocatorTracker memory =
                    new AllocatorTracker(embedded, new DeviceTracker(() -> List.of(device)), process -> true, "");
            MemoryTracker.Mark mark = memory.mark();
            held.remove(freed);
            held.add(new AllocatedBuffer(0, MemoryKind.DRAM, 0x3000, 8192));

            SnapshotDiff diff = memory.since(mark);

            assertThat(diff.before().of(0, MemoryKind.DRAM)).isEqualTo(4096 + 1024 + 512 + 256);
            assertThat(diff.after().of(0, MemoryKind.DRAM)).isEqualTo(4096 + 512 + 256 + 8192);
            assertThat(diff.left())
                    .singleElement()
                    .satisfies(buffer -> assertThat(buffer.size()).isEqualTo(8192));
        }
    }
}
