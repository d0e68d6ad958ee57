package io.github.ttmemorycheck.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.sharedmemory.SharedMemoryTracker;
import io.github.ttmemorycheck.internal.sharedmemory.WrittenRegion;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who speaks of which device where several sources see it: the server of this JVM, and the regions of a directory. */
@Timeout(60)
class JoinedTrackerTests {

    private static final int SELF = (int) ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private Path regions;
    private EmbeddedTracker embedded;
    private AllocationClient client;
    private JoinedTracker memory;

    @BeforeEach
    void open() throws IOException {
        regions = Files.createDirectories(directory.resolve("shm"));
        embedded = EmbeddedTracker.start(directory.resolve("s"));
        client = AllocationClient.connect(directory.resolve("s"));
        memory = new JoinedTracker(
                List.of(
                        new Source("the socket", embedded, false, "nobody reports"),
                        new Source(
                                "the regions",
                                SharedMemoryTracker.open(regions, SharedMemoryTracker.ALL, Set.of()),
                                true,
                                "no regions")),
                List.of());
    }

    @AfterEach
    void close() {
        client.close();
        memory.close();
        embedded.close();
    }

    private WrittenRegion region(int device) throws IOException {
        return WrittenRegion.create(regions, "90" + device, device).attach(0, SELF, "");
    }

    @Test
    void a_region_that_appears_after_the_mark_is_new_with_all_that_it_holds() throws IOException {
        MemoryTracker.Mark mark = memory.mark();
        assertThat(memory.since(mark).isClean()).isTrue();
        region(2).hold(0, 8192);

        SnapshotDiff diff = memory.since(mark);

        assertThat(diff.left(2, MemoryKind.DRAM)).isEqualTo(8192);
        assertThat(diff.buffersKnown()).isFalse();
        assertThat(diff.processes()).extracting(ProcessUse::processId).containsExactly(SELF);
        assertThat(memory.description()).isEqualTo("shared-memory tracker, " + regions + ", 1 device");
        assertThat(memory.knowsBuffers()).isFalse();
    }

    @Test
    void while_the_regions_say_nothing_all_is_as_if_the_server_were_alone() {
        MemoryTracker.Mark mark = memory.mark();
        client.allocate(0, MemoryKind.DRAM, 0x1000, 4096);

        SnapshotDiff diff = memory.since(mark);

        assertThat(diff.buffersKnown()).isTrue();
        assertThat(diff.leftInTotals()).isEmpty();
        assertThat(diff.left()).extracting(DeviceBuffer::size).containsExactly(4096L);
        assertThat(memory.description()).isEqualTo(embedded.description());
        assertThat(memory.knowsBuffers()).isTrue();
    }

    @Test
    void what_both_see_is_counted_once_and_where_they_disagree_that_is_said() throws IOException {
        WrittenRegion region = region(0);
        MemoryTracker.Mark mark = memory.mark();
        client.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
        region.hold(0, 4096);
        assertThat(memory.since(mark).left(0, MemoryKind.DRAM)).isEqualTo(4096);
        assertThat(memory.remarks(mark)).isEmpty();

        region.hold(0, 12288, 1024);
        SnapshotDiff diff = memory.since(mark);

        assertThat(diff.left(0, MemoryKind.DRAM)).isEqualTo(4096);
        assertThat(diff.left(0, MemoryKind.L1)).isZero();
        assertThat(memory.remarks(mark))
                .singleElement()
                .asString()
                .isEqualTo("the shared-memory tracker, " + regions
                        + ", 1 device reports 12 KiB of DRAM left on device 0, and the " + embedded.description()
                        + ", which counts, reports 4 KiB; 1 more of its figures differ");
    }

    @Test
    void devices_that_only_the_regions_know_are_counted_beside_those_that_report() throws IOException {
        WrittenRegion other = region(1);
        MemoryTracker.Mark mark = memory.mark();
        client.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
        client.allocate(0, MemoryKind.KERNEL, 0x1, 16);
        other.hold(0, 8192, 0, 0, 0, 999);

        SnapshotDiff diff = memory.since(mark);

        assertThat(diff.buffersKnown()).isTrue();
        assertThat(diff.left(0, MemoryKind.DRAM)).isEqualTo(4096);
        assertThat(diff.left(0, MemoryKind.KERNEL)).isEqualTo(16);
        assertThat(diff.left(1, MemoryKind.DRAM)).isEqualTo(8192);
        assertThat(diff.left(1, MemoryKind.CIRCULAR_BUFFER)).isZero();
        assertThat(diff.after().of(1, MemoryKind.CIRCULAR_BUFFER)).isEqualTo(999);
        assertThat(diff.leftInTotals(new MemoryPool(1, MemoryKind.DRAM))).isEqualTo(8192);
        assertThat(diff.leftInTotals(new MemoryPool(0, MemoryKind.DRAM))).isZero();
        assertThat(memory.knowsBuffers()).isFalse();
        assertThat(memory.knowsBuffers(new MemoryPool(0, MemoryKind.DRAM))).isTrue();
        assertThat(memory.knowsBuffers(new MemoryPool(1, MemoryKind.DRAM))).isFalse();
        assertThat(memory.snapshot().buffersKnown()).isFalse();
        assertThat(memory.snapshot().allocated(MemoryKind.DRAM)).isEqualTo(12288);
        assertThat(memory.description())
                .isEqualTo(embedded.description() + ", and shared-memory tracker, " + regions + ", 1 device");
    }

    @Test
    void a_process_that_reports_to_no_server_hides_behind_none_of_the_same_device() throws Exception {
        try (Child silent = Child.run(directory.resolve("errors").toFile(), List.of("sleep", "1000"))) {
            client.allocate(0, MemoryKind.DRAM, 0x900, 64);
            WrittenRegion region = region(0).hold(0, 64).attach(1, silent.pid(), "silent");
            MemoryTracker.Mark mark = memory.mark();
            client.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
            region.hold(0, 4160).hold(1, 8192);

            SnapshotDiff diff = memory.since(mark);

            assertThat(diff.left(0, MemoryKind.DRAM)).isEqualTo(12288);
            assertThat(diff.left()).extracting(DeviceBuffer::size).containsExactly(4096L);
            assertThat(diff.processes()).extracting(ProcessUse::processId).containsExactly(silent.pid());
            assertThat(memory.remarks(mark)).isEmpty();
        }
    }

    @Test
    void a_rise_of_circular_buffers_in_a_region_alone_is_no_leak() throws IOException {
        WrittenRegion region = region(1);
        MemoryTracker.Mark mark = memory.mark();
        region.hold(0, 0, 0, 0, 0, 12288);

        assertThat(memory.since(mark).isClean()).isTrue();
        assertThat(memory.since(mark).after().of(1, MemoryKind.CIRCULAR_BUFFER)).isEqualTo(12288);
    }

    @Test
    void a_region_that_cannot_be_read_blinds_nobody_until_only_regions_tell_of_a_device() throws IOException {
        WrittenRegion broken = region(7).putInt(0, 9);
        MemoryTracker.Mark mark = memory.mark();
        client.allocate(0, MemoryKind.DRAM, 0x1000, 4096);
        assertThat(memory.since(mark).left(0, MemoryKind.DRAM)).isEqualTo(4096);
        assertThat(memory.description()).isEqualTo(embedded.description() + "; without the regions, as the log says");

        broken.putInt(0, 4).hold(0, 512);
        assertThat(catchThrowableOfType(TrackerException.class, () -> memory.since(mark))
                        .reason())
                .isEqualTo("what was allocated before is not known");

        MemoryTracker.Mark later = memory.mark();
        broken.putInt(0, 9);
        assertThat(catchThrowableOfType(TrackerException.class, () -> memory.since(later)))
                .hasMessageContaining("is of version 9");
    }
}
