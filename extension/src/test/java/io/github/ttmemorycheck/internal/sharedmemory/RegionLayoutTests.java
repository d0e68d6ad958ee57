package io.github.ttmemorycheck.internal.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Python;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.ProcessUse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RegionLayoutTests {

    private static final int SELF = (int) ProcessHandle.current().pid();

    /**
     * What a writer in another language makes of the layout: figures 1, 2, 3, 4 and 5 KiB in the last slot, as itself.
     */
    private static final String PYTHON_WRITER = """
            import os, struct, sys
            region = bytearray(8576)
            struct.pack_into('<IIQ', region, 0, 4, 1, 1700000000000000000)
            struct.pack_into('<QQI', region, 24, 0, 77, 6)
            struct.pack_into('<5Q', region, 48, *[2 ** 40] * 5)
            for chip in range(16):
                struct.pack_into('<II5Q', region, 88 + 48 * chip, 0xffffffff, 0, *[2 ** 40] * 5)
            struct.pack_into('<i4x6Q64s', region, 856 + 63 * 120, os.getpid(), 1024, 2048, 3072, 4096, 5120, 1, b'golden')
            struct.pack_into('<I', region, 8536, 0x52454459)
            with open(sys.argv[1], 'wb') as out:
                out.write(region)
            print('written', flush=True)
            sys.stdin.read()
            """;

    @TempDir
    Path directory;

    private MemorySnapshot snapshot() {
        try (SharedMemoryTracker memory = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of())) {
            return memory.snapshot();
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 8536", "2, 8576", "3, 8536", "3, 8576", "4, 8576", "4, 9000"})
    void every_figure_of_every_known_version_is_read_from_its_place(int version, int length) throws IOException {
        WrittenRegion region = WrittenRegion.create(directory, "5", 3, version, length);
        for (int kind = 0; kind < 5; kind++) {
            region.putLong(856 + 7 * 120 + 8 + 8 * kind, 1L << (10 * kind));
        }
        region.putInt(856 + 7 * 120, SELF);
        MemorySnapshot snapshot = snapshot();
        assertThat(snapshot.devices()).containsExactly(3);
        assertThat(snapshot.allocated(3, MemoryKind.DRAM)).isEqualTo(1);
        assertThat(snapshot.allocated(3, MemoryKind.L1)).isEqualTo(1 << 10);
        assertThat(snapshot.allocated(3, MemoryKind.L1_SMALL)).isEqualTo(1 << 20);
        assertThat(snapshot.allocated(3, MemoryKind.TRACE)).isEqualTo(1 << 30);
        assertThat(snapshot.allocated(3, MemoryKind.CIRCULAR_BUFFER)).isEqualTo(1L << 40);
        assertThat(snapshot.allocated(3, MemoryKind.SYSTEM_MEMORY)).isZero();
        assertThat(snapshot.buffersKnown()).isFalse();
    }

    @Test
    void a_region_that_another_language_wrote_reads_the_same() throws IOException {
        Path file = directory.resolve("tt_device_77_memory");
        File errors = directory.resolve("errors").toFile();
        try (Child writer = Python.run(errors, PYTHON_WRITER, "region", file.toString())) {
            assertThat(writer.readLine()).isEqualTo("written");
            MemorySnapshot snapshot = snapshot();
            assertThat(snapshot.totals())
                    .hasToString("MemoryTotals[device 6: DRAM 1 KiB L1 2 KiB L1_SMALL 3 KiB TRACE 4 KiB"
                            + " CIRCULAR_BUFFER 5 KiB; ]");
            assertThat(snapshot.processes()).extracting(ProcessUse::processId).containsExactly(writer.pid());
            assertThat(snapshot.commands().get(writer.pid()))
                    .contains(Python.isThere() ? "python3 -c import os" : "java");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 62, 63})
    void every_slot_is_read_and_its_neighbours_are_not(int slot) throws IOException {
        WrittenRegion region = WrittenRegion.create(directory, "5", 0).attach(slot, SELF, "x");
        for (int other = 0; other < 64; other++) {
            region.hold(other, 1_000_000);
        }
        region.hold(slot, 4096);
        assertThat(snapshot().allocated(MemoryKind.DRAM)).isEqualTo(4096);
    }

    @Test
    void a_table_with_one_slot_free_is_summed() throws IOException {
        WrittenRegion region = WrittenRegion.create(directory, "5", 0).putInt(4, 63);
        for (int slot = 0; slot < 63; slot++) {
            region.attach(slot, SELF, "x").hold(slot, 1L << 20, 1);
        }
        assertThat(snapshot().allocated(0, MemoryKind.DRAM)).isEqualTo(63L << 20);
        assertThat(snapshot().allocated(0, MemoryKind.L1)).isEqualTo(63);
    }

    @Test
    void the_totals_and_chips_of_a_region_are_not_trusted() throws IOException {
        WrittenRegion region =
                WrittenRegion.create(directory, "5", 0).attach(0, SELF, "x").hold(0, 7);
        for (int offset = 48; offset < 856; offset += 8) {
            region.putLong(offset, 1L << 50);
        }
        assertThat(snapshot().allocated(MemoryKind.DRAM)).isEqualTo(7);
        assertThat(snapshot().allocated(MemoryKind.L1)).isZero();
    }

    @Test
    void chips_of_one_device_number_are_added_up() throws IOException {
        WrittenRegion.create(directory, "5", 2).attach(0, SELF, "x").hold(0, 100);
        WrittenRegion.create(directory, "18446744073709551615", 2)
                .attach(9, SELF, "x")
                .hold(9, 11);
        try (SharedMemoryTracker memory = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of())) {
            assertThat(memory.snapshot().allocated(2, MemoryKind.DRAM)).isEqualTo(111);
            assertThat(memory.description()).endsWith(", 1 device, device 2 is 2 chips (18446744073709551615, 5)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tt_device_x_memory",
                "tt_device__memory",
                "tt_device_-1_memory",
                "tt_device_01_memory",
                "tt_device_18446744073709551616_memory",
                "tt_device_99999999999999999999_memory",
                "tt_device_5_memory.bak",
                "xtt_device_5_memory",
                "TT_DEVICE_5_MEMORY"
            })
    void a_file_of_another_name_is_no_region(String name) throws IOException {
        Files.writeString(directory.resolve(name), "somebody else's");
        assertThat(snapshot().devices()).isEmpty();
    }
}
