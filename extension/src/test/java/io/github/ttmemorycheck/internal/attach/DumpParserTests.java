package io.github.ttmemorycheck.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.attach.ParsedDump.Listed;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpParserTests {

    private static final MemoryPool DRAM_0 = new MemoryPool(0, MemoryKind.DRAM);
    private static final MemoryPool L1_3 = new MemoryPool(3, MemoryKind.L1);

    private static final String DUMP = """
            ╔══════════════════════════════════╗
            ║   REMAINING ALLOCATED BUFFERS    ║
            ╚══════════════════════════════════╝
            Total tracked allocations: 14

            Device 0:
              DRAM: 2 buffers, 0.0234375 MB total
                - Buffer 0x3ffff800: 12 KB (PID 4711, ref_count=1)
            ✓ [PID 4712] Allocated 4096 bytes of L1 on device 1 (buffer_id=0x1000)
                - Buffer 1073737728: 12 KB (PID 4711, ref_count=2)
            ✗ [PID 4712] Freed buffer 0x1000 on device 1 (4096 bytes, FINAL)

            Device 3:
            Active allocations: 14
              L1: 12 buffers, 0.046875 MB total

            Total remaining buffers: 14
            """;

    private static Optional<ParsedDump> parse(String text) {
        DumpParser parser = new DumpParser();
        Optional<ParsedDump> last = Optional.empty();
        for (String line : text.lines().toList()) {
            Optional<ParsedDump> dump = parser.line(line);
            last = dump.isPresent() ? dump : last;
        }
        return last;
    }

    @Test
    void buffers_are_read_with_ids_in_hex_and_decimal_between_lines_of_other_events() {
        ParsedDump dump = parse(DUMP).orElseThrow();

        assertThat(dump.buffers())
                .containsExactly(
                        new Listed(DRAM_0, 0x3ffff800L, 12288, 4711, 1),
                        new Listed(DRAM_0, 1073737728L, 12288, 4711, 2));
        assertThat(dump.counts()).isEqualTo(Map.of(DRAM_0, 2L, L1_3, 12L));
        assertThat(dump.isWhole()).isTrue();
    }

    @Test
    void a_kind_with_more_than_ten_buffers_is_counted_and_not_named() {
        ParsedDump dump = parse(DUMP).orElseThrow();

        assertThat(dump.names(DRAM_0)).isTrue();
        assertThat(dump.names(L1_3)).isFalse();
        assertThat(dump.names(new MemoryPool(7, MemoryKind.TRACE))).isTrue();
    }

    @Test
    void nothing_left_is_a_dump_too() {
        ParsedDump dump = parse("✓ No buffers remaining - perfect cleanup!").orElseThrow();

        assertThat(dump.buffers()).isEmpty();
        assertThat(dump.isWhole()).isTrue();
        assertThat(dump.names(DRAM_0)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"12, 12288", "0.0625, 64", "1.04858e+06, 1073745920", "3.90625e-03, 4", "1205.63, 1234565"})
    void sizes_have_six_significant_digits(String kib, long bytes) {
        ParsedDump dump = parse(DUMP.replace("0x3ffff800: 12 KB", "0x3ffff800: " + kib + " KB"))
                .orElseThrow();

        assertThat(dump.buffers().get(0).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    - Buffer 0xzz: 12 KB (PID 4711, ref_count=1)",
                "    - Buffer 0x1: 12 MB (PID 4711, ref_count=1)",
                "    - Buffer 99999999999999999999: 12 KB (PID 4711, ref_count=1)",
                "  NVRAM: 1 buffers, 1 MB total",
                "Device 3"
            })
    void a_line_that_is_nearly_one_of_a_dump_is_counted_and_nothing_is_complete_then(String line) {
        ParsedDump dump = parse(DUMP.replace("Active allocations: 14", line)).orElseThrow();

        assertThat(dump.malformed()).isEqualTo(1);
        assertThat(dump.buffers()).hasSize(2);
        assertThat(dump.names(DRAM_0)).isFalse();
    }

    @Test
    void a_line_that_was_lost_shows_in_the_sum() {
        assertThat(parse(DUMP.replace("  L1: 12 buffers, 0.046875 MB total", ""))
                        .orElseThrow()
                        .isWhole())
                .isFalse();
    }

    @Test
    void a_dump_without_its_end_is_none_and_the_next_one_starts_anew() {
        String cut = DUMP.substring(0, DUMP.indexOf("Device 3:"));

        assertThat(parse(cut)).isEmpty();
        assertThat(parse(cut + DUMP).orElseThrow().buffers()).hasSize(2);
        assertThat(parse(String.join("\n", List.of("Device 1:", "- Buffer 0x1: 1 KB (PID 1, ref_count=1)", ""))))
                .isEmpty();
    }
}
